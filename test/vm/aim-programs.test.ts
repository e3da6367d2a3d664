import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { SeededRandom } from "../../host/base/seeded-random"
import { buildProgram } from "../../host/compiler/node/build"
import type { Aim } from "../../host/documents/aim"
import type { SimReport } from "../../host/documents/sim-report"
import { Adviser } from "../../host/tasks/adviser"
import { adviseRun } from "../../host/tasks/advice-run"
import { run } from "../../host/simulator/run"
import { fromRoot, vm } from "./harness"

/**
 * Programs with two or more faults each, written as people write them. What each advice says is in the
 * program, too, by hand: a change begins at a line `//: name`, its lines as they are, then `//|` and the
 * other ones behind `//- `, to `//.`. A change can have several such parts.
 */
const FOLDER = fromRoot("test/vm/programs/aims")
const NAMES = readdirSync(FOLDER)
    .filter(file => file.endsWith(".ts"))
    .map(file => basename(file, ".ts"))
/** Of fragmentation one, in the ordinary run: the other figure has aim.test.ts. */
const SHARE = ["telemetry"]
const TRIED = process.env["HEAPSCOPE_AIMS"] ? NAMES : SHARE
const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
const FOR_MS = 6000
const NOTHING = { words: "" }

const folder = mkdtempSync(fromRoot("devs", ".aims-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** The program with some changes made; lines keep their numbers. */
function changed(source: string, made: ReadonlySet<string>): string {
    let name: string | undefined
    let isOther = false
    const lines = source.split("\n").map(line => {
        const text = line.trim()
        if (text.startsWith("//: ")) {
            name = text.slice("//: ".length)
            isOther = false
        } else if (text === "//|") isOther = true
        else if (text === "//.") name = undefined
        else if (name !== undefined && made.has(name))
            return isOther ? line.replace("//- ", "") : ""
        return line
    })
    return lines.join("\n").replaceAll("../../../../src/", "../../src/")
}

/** How long the program is to run. */
function msOf(source: string): number {
    const seconds = /^\/\/ for: (\d+) s/m.exec(source)?.[1]
    return seconds ? 1000 * Number(seconds) : FOR_MS
}

/** The change that a line is a part of. */
function changeAt(source: string, line: number): string | undefined {
    const before = source.split("\n").slice(0, line)
    const start = before.findLast(text => /^\s*\/\/[:|.]/.test(text))?.trim()
    return start?.startsWith("//: ") ? start.slice("//: ".length) : undefined
}

/** What the program comes to, as the aim counts it. */
async function figureOf(name: string, text: string, figure: Aim["figure"]): Promise<number> {
    const forMs = msOf(text)
    const file = join(folder, `${name}.ts`)
    writeFileSync(file, text)
    const program = await buildProgram(file, { cwd: folder })
    const adviser = new Adviser(program)
    const { report, growing } = await run(vm, { program, board, forMs, ...adviser.hooks({}) })
    expect(report.outcome.kind).toBe("running")
    if (figure === "live") return report.heap.highWaterLiveBytes
    adviser.advice(report, growing)
    return adviser.prediction!.fragmentation
}

/** An aim between what is and what all advice comes to, near neither. */
function aimFor(name: string, figure: Aim["figure"], report: SimReport, all: number): Aim {
    const before = figure === "live" ? report.heap.highWaterLiveBytes : report.aim!.before
    const seed = [...name].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 7)
    const share = 0.2 + 0.7 * new SeededRandom(seed).fraction()
    const most = before - (before - all) * share
    return { figure, most: figure === "live" ? Math.round(most) : most, ...NOTHING }
}

test("there are twenty programs", () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(20)
})

describe.each(TRIED)("%s", name => {
    test("exactly the named changes reach the aim", { timeout: 120_000 }, async () => {
        const source = readFileSync(join(FOLDER, `${name}.ts`), "utf8")
        const figure = source.includes("// aim: fragmentation") ? "fragmentation" : "live"
        const file = join(folder, `${name}.ts`)
        writeFileSync(file, changed(source, new Set()))
        const program = await buildProgram(file, { cwd: folder })
        const forMs = msOf(source)
        const options = { program, board, forMs }
        const none = { figure, most: 0, ...NOTHING } as const
        const { report } = await adviseRun(vm, options, [], none)
        const aim = aimFor(name, figure, report, report.aim!.after!)

        const aimed = (await adviseRun(vm, options, [], aim)).report
        expect(aimed.aim!.state).toBe("reached")
        const named = aimed.advice!.map(({ at }) => changeAt(source, at!.line))
        expect(named).not.toContain(undefined)
        expect(named.length).toBeGreaterThan(0)
        expect(new Set(named).size).toBe(named.length)

        const figureWith = (left: string, made: readonly (string | undefined)[]) =>
            figureOf(`${name}-${left}`, changed(source, new Set(made as string[])), figure)
        expect(await figureWith("all", named)).toBeLessThanOrEqual(aim.most)
        for (const left of named)
            expect(
                await figureWith(
                    `without-${left}`,
                    named.filter(one => one !== left),
                ),
            ).toBeGreaterThan(aim.most)
    })
})
