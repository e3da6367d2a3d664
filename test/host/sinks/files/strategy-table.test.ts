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
                "| 15,144 B live | 1,364 B (0.09x) | 13,053 | 14,709 (1.13x) | medium |",
        )
    })

    it("holds no time, so the same programs give the same table", () => {
        const speed = { rounds: 9, wastefulMs: 1.5, efficientMs: 0.5, medianRatio: 0.33 }
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
