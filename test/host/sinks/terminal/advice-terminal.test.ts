import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import type { Advice } from "../../../../host/documents/advice"
import { leakingReport, steadyReport } from "./sample-run"
import { renderAdvice } from "../../../../host/sinks/terminal/advice-terminal"

const advice: Advice = {
    lesson: "packed",
    what: "120 objects of Order take 125 B each for 6 fields",
    instead: "keep 11 bytes of each in one buffer",
    at: { function: "receive", file: "src/main.ts", line: 1234, column: 5 },
    count: 120,
    live: { before: 15_004, after: 1332 },
    churn: { before: 42_972, after: 1332 },
    formula: "12 + 120 x 11 B instead of 15004 B in objects",
}

const render = (list: Advice[] | undefined, width = 78) =>
    renderAdvice(list, { colors: createColors(false), width })

describe("renderAdvice", () => {
    it("says whether an aim is reached, and by how much", () => {
        const report = steadyReport()
        const aim = { figure: "live", words: "at most 2,000 B live", most: 2000 } as const
        const of = (state: "met" | "reached" | "missed", before: number, after: number) =>
            renderAdvice(
                state === "met" ? [] : [advice],
                { colors: createColors(false), width: 100 },
                { ...report, aim: { ...aim, state, before, after } },
            )
        expect(of("met", 1500, 1500)).toBe(
            "Advice: nothing needs doing: 1,500 B live at most, which is within the aim (at most 2,000 B live)",
        )
        expect(of("reached", 15_672, 2000)).toMatch(/That is enough: 15,672 B → 2,000 B live/)
        expect(of("missed", 25_672, 12_000)).toMatch(/not enough: .*, still 10,000 B over\.$/)
    })

    it("says when nothing needs doing, whatever could be saved", () => {
        const style = { colors: createColors(false), width: 120 }
        expect(renderAdvice([advice], style, steadyReport())).toMatch(
            /^Advice: nothing needs doing/,
        )
        expect(renderAdvice([advice], style, leakingReport())).toMatch(/what saves most first/)
    })

    it("says what to do, where, why, what that saves and how it is worked out", () => {
        expect(render([advice])).toMatchInlineSnapshot(`
          "Advice   what saves most first
           1  Keep 11 bytes of each in one buffer.
              src/main.ts:1234: 120 objects of Order take 125 B each for 6 fields.
              live 15,004 B → 1,332 B, 91.1 % less
              allocated 42,972 B → 1,332 B, 96.9 % less
              after: 12 + 120 x 11 B instead of 15,004 B in objects
              see heapscope lesson packed"
        `)
    })

    it("leaves out what an advice does not save", () => {
        const { live: _, ...rest } = { ...advice, churn: { before: 10, after: 20 } }
        expect(render([rest])).not.toMatch(/→/)
    })

    it("says what is allocated all the same, and what calls allocate on top", () => {
        const all = (after: number) => render([{ ...advice, churn: { before: 10, after } }])
        expect(all(10)).toContain("allocated as before")
        expect(all(1210)).toContain("allocated 1,200 B more, in frames of calls")
    })

    it("says that there is none, and nothing unless asked", () => {
        expect(render([])).toBe("Advice   none: nothing here is worth a change")
        expect(render(undefined)).toBe("")
    })

    it("shows the first few, no wider than asked, and nothing a terminal would obey", () => {
        const many = Array.from({ length: 12 }, () => ({
            ...advice,
            what: "a\u001b[2Jb ".repeat(9),
        }))
        const text = render(many, 40)
        expect(text).toContain("… and 4 more, which save less")
        expect(text).not.toContain("\u001b")
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(40)
    })
})
