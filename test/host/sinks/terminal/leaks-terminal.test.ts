import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import type { Leak } from "../../../../host/documents/leak"
import { renderLeaks } from "../../../../host/sinks/terminal/leaks-terminal"
import type { SimReport } from "../../../../host/documents/sim-report"
import { steadyReport } from "./sample-run"

const leak: Leak = {
    path: "station.history",
    kind: "array",
    alongside: ["station.times"],
    fromMs: 213_000,
    toMs: 587_000,
    items: { from: 402, to: 1140 },
    liveBytes: { from: 3380, to: 10_324 },
    liveBytesPerHour: 66_840,
    filledAt: { function: "inline", file: "src/main.ts", line: 6, column: 5 },
    heldAt: [
        {
            function: "inline",
            file: "src/main.ts",
            line: 6,
            column: 5,
            liveBytes: 10_308,
            blocks: 1,
        },
        { function: "main", file: "src/main.ts", line: 2, column: 1, liveBytes: 1600, blocks: 100 },
    ],
}

function render(over: Partial<SimReport>, width = 78): string {
    return renderLeaks({ ...steadyReport(), ...over }, { colors: createColors(false), width })
}

describe("renderLeaks", () => {
    it("names the container, its growth and its lines", () => {
        expect(render({ leaks: [leak] })).toMatchInlineSnapshot(`
          "Leaks
          ✗ station.history, station.times
              402 elements became 1,140 in 6 m 14 s: 66.8 kB an hour
              filled at src/main.ts:6 (inline)
              10,308 B of it in one block made at src/main.ts:6
              1,600 B of it in 100 blocks made at src/main.ts:2"
        `)
    })

    it("says that there is none, or that the run was too short to tell", () => {
        expect(render({ leaks: [] })).toBe(
            "Leaks   none: after the first 20 s nothing kept growing",
        )
        expect(render({ leaks: [], simulated: { ms: 4000 } })).toBe(
            "Leaks   4 s are too short to tell",
        )
        expect(render({})).toBe("")
    })

    it("is no wider than asked, and prints nothing of a name that a terminal would obey", () => {
        const hostile = { ...leak, path: "a\u001b[2Jb".repeat(20) }
        const text = render({ leaks: [hostile] }, 40)
        expect(text).not.toContain("\u001b")
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(40)
    })
})
