import { readdirSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { describe, expect, test } from "vitest"
import type { EditRule } from "../../host/compiler/edits/edit"
import { joinedPieces } from "../../host/compiler/edits/rules/joined-text"
import { reusedList } from "../../host/compiler/edits/rules/reused-list"
import { applyEdits } from "../../host/compiler/edits/text-edit"
import { findProject, resolveEntry } from "../../host/compiler/node/project"
import { Workshop } from "../../host/compiler/node/workshop"
import { mainFigure, saved } from "../../host/documents/advice"
import type { FixChange, FixReport, FixSaving } from "../../host/documents/fix/fix-report"
import { readRunSettings } from "../../host/api/run-settings"
import { fixProgram } from "../../host/tasks/fix/fix-program"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { build, fromRoot, vm } from "./harness"

const IS_WHOLE = process.env["HEAPSCOPE_FIX"] === "all"
/** A saving is as it was worked out when it is off by no more than this share of it. */
const NEAR = 0.2

async function fixed(
    entry: string,
    {
        length = "10s",
        board = "esp32s2",
        rules = undefined as Record<string, EditRule[]> | undefined,
    } = {},
) {
    const program = await build(entry)
    const found = resolveEntry(entry, fromRoot())
    const project = findProject(found)
    const settings = readRunSettings({ board, for: length, cwd: fromRoot() }, program)
    return fixProgram(vm, new Workshop(project, relative(project, found.path), program), {
        ...settings,
        cwd: fromRoot(),
        signal: new AbortController().signal,
        ...(rules && { rules }),
    })
}

const kept = ({ changes }: FixReport) => changes.filter(({ verdict }) => verdict === "kept")

/** How much of what was worked out came out, of the figure that the edit is for. */
function shareSaved(predicted: FixSaving = {}, measured: FixSaving = {}): number {
    const figure = mainFigure(predicted)
    return saved(measured[figure]) / saved(predicted[figure])
}

function isNear(predicted?: FixSaving, measured?: FixSaving): boolean {
    return Math.abs(shareSaved(predicted, measured) - 1) <= NEAR
}

const lessons = listLessons().map(({ name }) => `devs/lessons/${name}/wasteful.ts`)
const programs = readdirSync(fromRoot("test/vm/programs/fix"))
    .filter(name => name.endsWith(".ts"))
    .map(name => `test/vm/programs/fix/${name}`)

describe("carries advice out", () => {
    test("a table that is written out, in flash", async () => {
        const entry = "test/vm/programs/fix/price-list.ts"
        const { report, files } = await fixed(entry, { length: "20s" })
        const change = report.changes.find(({ rule }) => rule === "static")!
        expect(change).toMatchObject({ verdict: "kept" })
        expect(isNear(change.predicted, change.measured)).toBe(true)
        expect(report.after.liveBytes).toBeLessThan(report.before.liveBytes)
        expect([...files.keys()]).toEqual([fromRoot(entry)])
        // Nothing was written.
        for (const [path, { before }] of files) expect(readFileSync(path, "utf8")).toBe(before)
    })

    test("texts that loops make longer, of pieces that are joined, where nobody reads them before", async () => {
        const { report, files } = await fixed("test/vm/programs/fix-texts.ts", {
            length: "3s",
            rules: { "string-building": [joinedPieces] },
        })
        const [change] = kept(report)
        expect(change).toMatchObject({ edit: "line, all: pieces in a list, joined once" })
        expect(report.after.allocatedBytes).toBeLessThan(report.before.allocatedBytes * 0.8)
        const after = [...files.values()].map(file => file.after).join("")
        // Two statements are one piece, and what follows the text on its way out is the last one.
        expect(after).toContain("linePieces.push(` | ${i * turn}`)")
        expect(after).toContain('linePieces.push(` (${turn})`)\n    return linePieces.join("")')
        expect(after).toContain("allPieces.push(`${i};`)")
        expect(after).toContain('const all = allPieces.join("")\n    console.log(all)')
    })

    test("a list that is made at each call, filled again", async () => {
        const { report, files } = await fixed("test/vm/programs/fix-lists.ts", {
            length: "4s",
            rules: { "container-reuse": [reusedList] },
        })
        expect(kept(report)).toMatchObject([
            { edit: "sorted: one list, filled again at each call" },
        ])
        expect(isNear(kept(report)[0]!.predicted, kept(report)[0]!.measured)).toBe(true)
        expect([...files]).toHaveLength(1)
        // Of what may be read from a hole, or kept, nothing is changed.
        const why = report.changes.flatMap(change => change.why ?? [])
        expect(why).toEqual([
            expect.stringMatching(/may keep handed/),
            expect.stringMatching(/may write past the end of holes/),
        ])
    })

    test.runIf(IS_WHOLE)(
        "15 wasteful lessons, half of 20 programs, as worked out",
        async () => {
            const mended: string[] = []
            const lines: string[] = []
            const off: string[] = []
            for (const entry of [...lessons, ...programs]) {
                const { report } = await fixed(entry, {
                    length: entry.startsWith("devs") ? "10s" : "2m",
                })
                const isGood = ({ predicted, measured }: FixChange) => isNear(predicted, measured)
                if (kept(report).some(isGood)) mended.push(entry)
                for (const one of kept(report)) if (!isGood(one)) off.push(`${entry} ${one.rule}`)
                for (const { rule, verdict, why, predicted, measured } of report.changes) {
                    const shares = (["live", "churn"] as const).map(
                        figure =>
                            `${figure} ${saved(measured?.[figure])} of ${saved(predicted?.[figure])}`,
                    )
                    lines.push(
                        `${entry} ${rule} ${verdict} ${verdict === "kept" ? `${shareSaved(predicted, measured).toFixed(3)} ${shares.join()}` : why}`,
                    )
                }
            }
            const ofLessons = mended.filter(entry => entry.startsWith("devs")).length
            const ofPrograms = mended.length - ofLessons
            console.log(
                `${lines.join("\n")}\n${ofLessons} of ${lessons.length} lessons, ${ofPrograms} of ${programs.length} programs`,
            )
            expect(off).toEqual([])
            expect(ofLessons).toBeGreaterThanOrEqual(15)
            expect(ofPrograms).toBeGreaterThanOrEqual(10)
        },
        1_800_000,
    )
})

describe("takes back", () => {
    /** An edit that saves as much as it should, and changes something in the text beside that. */
    const planted =
        (from: string, to: string): EditRule =>
        (_, code) => {
            const path = fromRoot("test/vm/programs/fix-effects.ts")
            const file = code.files.get(path)!
            const edits = [
                [
                    "class Level {\n    constructor(readonly value: number) {}\n}",
                    "type Level = number",
                ],
                ["new Level(i % 2)", "i % 2"],
                ["levels[turn % 40].value", "levels[turn % 40]"],
                ...(from ? [[from, to]] : []),
            ].map(([text, instead]) => {
                const start = file.text.indexOf(text!)
                expect(start).toBeGreaterThan(0)
                return { file: path, start, end: start + text!.length, text: instead! }
            })
            return { title: "planted", edits }
        }

    test("what changes a log line, a pin, a packet, a moment or the end, and keeps what does not", async () => {
        const spoilt: [from: string, to: string, why: RegExp][] = [
            ["turn ${turn}", "round ${turn}", /log "round 1".* in place of log "turn 1"/],
            ["pins.GP2.write(", "pins.GP2.write(1 - ", /pin/],
            ["turn % 3 === 0", "turn % 3 === 1", /packet/],
            ["sleep(20)", "sleep(21)", /timing|at /],
            ["turn++\n", "turn++\n    if (turn > 3) throw new Error('x')\n", /./],
            ["turn++", "turn = 'x'", /it does not compile: .*fix-effects/],
        ]
        const { report, files } = await fixed("test/vm/programs/fix-effects.ts", {
            ...{ length: "4s", board: "pico" },
            rules: {
                "zero-size-types": [
                    ...spoilt.map(([from, to]) => planted(from, to)),
                    planted("", ""),
                ],
            },
        })
        const changes = report.changes.filter(({ rule }) => rule === "zero-size-types")
        spoilt.forEach(([, , why], index) => {
            expect(changes[index]).toMatchObject({ verdict: "taken-back", edit: "planted" })
            expect(changes[index]!.why).toMatch(why)
        })
        expect(kept(report)).toEqual([changes[spoilt.length]])
        for (const { after } of files.values()) expect(after).not.toMatch(/round|1 - |21|throw/)
    })
})

test("edits that overlap are none", () => {
    const edits = [
        { start: 0, end: 2, text: "x" },
        { start: 1, end: 3, text: "y" },
    ]
    expect(() => applyEdits("abcd", edits)).toThrow(RangeError)
    expect(
        applyEdits("abcd", [
            { start: 1, end: 1, text: "(" },
            { start: 1, end: 2, text: "B" },
        ]),
    ).toBe("a(Bcd")
})
