import { describe, expect, it } from "vitest"
import {
    strategyTable,
    TABLE_BEGIN,
    TABLE_END,
    tableIn,
    withTable,
} from "../../../../host/sinks/files/strategy-table"
import { sampleStudy } from "../../tasks/lesson/sample-study"

describe("the strategy table", () => {
    it("is one row a lesson, with the figures as measured", () => {
        const lines = strategyTable([sampleStudy]).split("\n")
        expect(lines).toHaveLength(3)
        expect(lines[2]).toBe(
            "| [Packed records](devs/lessons/packed) | Many records with the same few numbers in them " +
                "| 15,144 B live | 1,364 B (0.09x) | 1,480 B (0.10x) | 113 ms | 38 ms (0.34x) | 57 ms (0.50x) | medium |",
        )
    })

    it("has no third figure where writing it by hand is the lesson", () => {
        const { wasteful, byHand } = sampleStudy.work
        const table = strategyTable([{ ...sampleStudy, work: { wasteful, byHand } }])
        expect(table).toContain("1,364 B (0.09x) | - | 113 ms | 38 ms (0.34x) | - | medium |")
    })

    it("holds no time, so the same programs give the same table", () => {
        const speed = {
            rounds: 9,
            ms: { wasteful: 1.5, byHand: 0.5 },
            medianRatio: { byHand: 0.33 },
        }
        expect(strategyTable([{ ...sampleStudy, speed }])).toBe(strategyTable([sampleStudy]))
    })

    it("goes between its marks and leaves the rest of the document alone", () => {
        const document = `# A\n${TABLE_BEGIN}\nold\n${TABLE_END}\nrest\n`
        const after = withTable(document, "| new |")
        expect(after).toBe(
            `# A\n${TABLE_BEGIN}\n\n<!-- prettier-ignore -->\n| new |\n\n${TABLE_END}\nrest\n`,
        )
        expect(tableIn(after)).toBe("| new |")
        expect(withTable(after, "| new |")).toBe(after)
    })

    it.each(["", "# A", TABLE_BEGIN, `${TABLE_END}\n${TABLE_BEGIN}`])(
        "finds no place in %j",
        document => {
            expect(tableIn(document)).toBeUndefined()
            expect(() => withTable(document, "| new |")).toThrow(TABLE_BEGIN)
        },
    )
})
