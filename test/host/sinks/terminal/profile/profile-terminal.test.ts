import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, test } from "vitest"
import { ORDERS } from "../../../../../host/documents/cost"
import { renderProfile } from "../../../../../host/sinks/terminal/profile/profile-terminal"
import { FILE, sampleProfile } from "../../../analysis/profile/sample-profile"
import { leakingReport, steadyReport } from "../sample-run"

const source = Array.from({ length: 30 }, (_, i) => `\tline${i + 1}()`)
source[20] = "\treturn 寿寿 + \u001b]0;title\u0007text"
const texts = new Map([[FILE, source.join("\r\n")]])
const view = { run: steadyReport(), texts, by: "allocated", top: 10 } as const

function render(width: number, changes: Partial<Parameters<typeof renderProfile>[1]> = {}): string {
    const style = { colors: createColors(false), width }
    return renderProfile(sampleProfile(), { ...view, ...changes }, style)
}

/** Cells of the row that starts with a text, or holds it. */
function row(text: string, wanted: string): string[] {
    const line = text.split("\n").find(candidate => candidate.includes(wanted))
    return line!.trim().split(/ {2,}/)
}

test("says what was allocated and what is live", () => {
    expect(render(80)).toContain("1,050 B allocated in 13 blocks; 550 B in 1 live at the end.")
    const died = { ...sampleProfile(), outcome: leakingReport().outcome }
    const style = { colors: createColors(false), width: 80 }
    const text = renderProfile(died, { ...view, run: leakingReport() }, style)
    expect(text).toMatch(/^✗ out of memory/)
    expect(text).toContain("live when it died")
})

test("lines are charged with their libraries' work; library lines have nothing of their own", () => {
    const text = render(80)
    expect(row(text, `${FILE}:5 `)).toEqual([`${FILE}:5`, "700 B", "9", "300 B", "66.7 %", "2 ms"])
    expect(row(text, "(runtime) ")).toEqual(["(runtime)", "50 B", "1", "50 B", "4.8 %", "-"])
    expect(text).not.toContain("array.ts:13")
})

test("board time stands beside, with its share where there is room, and can come first", () => {
    expect(render(80)).toContain("20 ms of board time, 20.0 % of it in libraries.")
    expect(row(render(120), `${FILE}:4 `)).toEqual([
        `${FILE}:4`,
        "200 B",
        "2",
        "200 B",
        "19.0 %",
        "<0.1 ms",
        "0.1 %",
        "map",
    ])
    const profile = sampleProfile()
    for (const costs of [profile.lines, profile.functions])
        costs.sort((a, b) => b.boardTime.ms - a.boardTime.ms)
    const style = { colors: createColors(false), width: 120 }
    const text = renderProfile(profile, { ...view, by: "time", top: 2 }, style)
    expect(row(text, `${FILE}:22 `)).toEqual([
        `${FILE}:22`,
        "11 ms",
        "54.9 %",
        "-",
        "-",
        "-",
        "running",
    ])
    expect(row(text, "array.ts:13 ")).toEqual([
        "node_modules/lib/array.ts:13",
        "4 ms",
        "20.0 %",
        "-",
        "-",
        "-",
        "running",
    ])
    expect(text).toContain("… and 3 more with 5 ms together")
    expect(text).toContain("… and 1 more with 2 ms together")
    expect(text).toContain("▶         -         -         -     11 ms 22 │     line22()")
    expect(text).not.toContain("in all")
})

test("functions have what is theirs and what all they call allocate", () => {
    expect(row(render(80), "main ")).toEqual([
        "main",
        "300 B",
        "5",
        "300 B",
        "28.6 %",
        "2 ms",
        "95.2 %",
        `${FILE}:1`,
    ])
})

test("the source stands beside its costs, hot lines marked without colour, too", () => {
    const lines = render(80).split("\n")
    const shown = lines.filter(line => line.includes("│"))
    expect(shown.map(line => Number(/(\d+) │/.exec(line)![1]))).toEqual([3, 4, 5, 6, 20, 21, 22])
    expect(shown[2]).toBe("  ▶     700 B         9     300 B      2 ms  5 │     line5()")
    expect(shown[3]).toBe("                                             6 │     line6()")
    expect(lines.filter(line => line.trim() === "⋮")).toHaveLength(1)
})

test("sorts and counts the rest by what was asked for", () => {
    expect(render(80, { top: 1 })).toContain("… and 3 more with 350 B together")
    expect(render(80, { top: 1, by: "count" })).toContain("… and 3 more with 4 together")
    expect(render(80, { by: "live" })).not.toContain(`${FILE}:21`)
})

describe.each([40, 80, 100, 120])("at %i columns", width => {
    test.each(ORDERS)("by %s: no line is wider, no control character", by => {
        const text = render(width, { by })
        for (const line of text.split("\n"))
            expect(stringWidth(line), line).toBeLessThanOrEqual(width)
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    })
})

test("without sources there are the tables alone", () => {
    expect(render(80, { texts: new Map() })).not.toContain("│")
})

test("without debug information there are no functions, and a word on how to get them", () => {
    const profile = sampleProfile()
    const lines = profile.lines.map(({ own, self, types, boardTime }, i) => ({
        ...{ place: `(pc ${i})`, library: false, own, self, types, boardTime },
    }))
    const style = { colors: createColors(false), width: 80 }
    const text = renderProfile({ ...profile, lines }, view, style)
    expect(text).not.toContain("By function")
    expect(text).toContain("-dbg.json")
})
