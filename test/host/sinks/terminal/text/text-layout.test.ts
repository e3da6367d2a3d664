import fc from "fast-check"
import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import {
    beside,
    fit,
    fitEnd,
    flow,
    padLeft,
    padRight,
    wrap,
} from "../../../../../host/sinks/terminal/text/text-layout"

const c = createColors(true)
const words = fc.array(fc.constantFrom("order", "寿司", "a", "👩‍🍳", "x".repeat(50), "é"))

describe("text layout", () => {
    it("cuts coloured text where it is too wide and still closes its colours", () => {
        expect(fit(c.red("abcdef"), 4)).toBe(c.red("abc…"))
        expect(fit(c.red("ab") + c.bold("cdef"), 4)).toBe(c.red("ab") + c.bold("c…"))
        expect(fit("寿司寿司", 4)).toBe("寿…")
        expect(fit("abc", 3)).toBe("abc")
        expect(fit("abc", 0)).toBe("")
    })

    it("keeps the end of a path", () => {
        expect(fitEnd("devs/station/main.ts:12:1", 12)).toBe("…ain.ts:12:1")
        expect(fitEnd("main.ts", 12)).toBe("main.ts")
    })

    it("pads by columns, not by characters", () => {
        expect(padRight("寿", 4)).toBe("寿  ")
        expect(padLeft(c.red("ab"), 4)).toBe(`  ${c.red("ab")}`)
    })

    it("leaves a figure with its unit, and a time in one piece", () => {
        expect(wrap("out of memory after 6 m 06 s", 23)).toEqual([
            "out of memory after",
            "6 m 06 s",
        ])
        expect(wrap("it holds 1,024 kB (91.6 %)", 15)).toEqual(["it holds", "1,024 kB", "(91.6 %)"])
        // No unit: a word that begins like one.
        expect(wrap("keeps 12 more of 3 Bins", 8)).toEqual(["keeps 12", "more of", "3 Bins"])
        expect(wrap("all 12 buses", 6)).toEqual(["all 12", "buses"])
    })

    it("sets blocks side by side only where they fit", () => {
        expect(beside("a\nbb", "c", 10)).toBe("a     c\nbb")
        expect(beside("a\nbb", "c", 6)).toBe("a\nbb\n\nc")
    })

    it("never exceeds the width, and loses no word by wrapping", () => {
        fc.assert(
            fc.property(words, fc.integer({ min: 2, max: 60 }), (parts, width) => {
                const text = parts.join(" ")
                const lines = wrap(text, width)
                const every = [fit(c.green(text), width), fitEnd(text, width), ...lines]
                every.push(...flow(parts, width).split("\n"))
                for (const line of every) expect(stringWidth(line)).toBeLessThanOrEqual(width)
                expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""))
            }),
        )
    })
})
