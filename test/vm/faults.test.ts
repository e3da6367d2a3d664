import { existsSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { JudgementKind } from "../../host/documents/judgement"
import type { RunOptions } from "../../host/simulator/run"
import { adviseRun } from "../../host/tasks/advice-run"
import { build, fromRoot, runProgram, vm } from "./harness"

const FOLDER = "test/vm/programs/faults"
const MINUTE = 60_000
const MAX_BLOCK = "no block can be larger"

interface Fault {
    kind: JudgementKind
    /** What the first advice says to do; `none` when nothing is worth doing, undefined when it does not matter. */
    advice?: RegExp | "none" | undefined
    options?: Partial<RunOptions> & { heapBytes?: number }
    evidence?: string
}

const leak = (advice: RegExp): Fault => ({ kind: "leak", advice })
const tooLarge = (advice: Fault["advice"], evidence?: string): Fault => ({
    ...{ kind: "too-large", advice },
    ...(evidence && { evidence }),
})

/**
 * Small programs, each with a fault by construction, and what is right to say of it: what it is, its line
 * (the one that says `here`), and the advice that comes first. Written before any was run.
 */
const FAULTS: Record<string, Fault> = {
    list: leak(/^keep the last \d+/),
    messages: leak(/^keep the last \d+/),
    chart: leak(/^keep the last \d+/),
    camera: leak(/^keep the last \d+/),
    timer: leak(/^clear the timer/),
    lamp: leak(/^clear the timer/),
    subscription: leak(/^subscribe once/),
    door: leak(/^subscribe once/),
    queue: leak(/^bound the queue at \d+/),
    outbox: leak(/^bound the queue at \d+/),
    cache: leak(/^forget what is old: keep \d+ entries/),
    labels: leak(/^forget what is old: keep \d+ entries/),
    text: leak(/^keep the last 1000 characters/),
    "table-of-rows": leak(/^keep the last 1000 characters/),
    closures: leak(/^keep the values that are needed, not functions/),
    undo: leak(/^keep the values that are needed, not functions/),
    errors: leak(/^keep the last \d+ messages, not the errors/),
    uplink: leak(/^keep the last \d+ messages, not the errors/),
    fibers: leak(/^let one waiter go through a list/),
    reports: leak(/^let one report go through a list/),
    chain: leak(/^keep the last \d+ in a PackedRing instead of a chain/),
    history: leak(/^keep the last \d+ in a PackedRing instead of a chain/),
    large: tooLarge(/^draw into one buffer again/),
    album: tooLarge(/^draw into one buffer again/),
    screen: tooLarge(/^1 bit a pixel/),
    poster: tooLarge(/parts/, MAX_BLOCK),
    lockers: tooLarge("none"),
    orders: tooLarge(/^keep .* in one buffer/),
    stars: tooLarge(/^keep .* in one buffer/),
    seats: tooLarge(/bit/i),
    rooms: tooLarge(/bits/),
    sensors: { kind: "fragmented", advice: /^make the large one first/ },
    packets: { kind: "fragmented", advice: /^make the large one first/ },
    forecast: {
        ...{ kind: "peak", advice: /^ask for less at a time/ },
        options: { heapBytes: 40_960 },
    },
    evening: { kind: "peak", advice: /^do it in parts/ },
    page: { kind: "tight", advice: /^make the buffer once and fill it again/ },
    crates: { kind: "tight", advice: "none" },
    minutes: { kind: "still-growing" },
    cards: { kind: "still-growing" },
    watchdog: leak(/^keep the last \d+/),
    nightly: { kind: "restarted" },
    moody: { kind: "restarted", advice: "none" },
    heating: { kind: "waiting", advice: "none" },
    bell: { kind: "waiting", advice: "none" },
    yearly: { kind: "not-exercised", advice: "none" },
    later: { kind: "not-exercised", advice: "none" },
    menu: { kind: "died", advice: "none" },
    maze: { kind: "died", advice: "none" },
    spin: { kind: "died", advice: "none" },
    silent: { kind: "wrong-text", advice: "none", options: { untilText: "ready" } },
    selftest: { kind: "wrong-text", advice: "none", options: { failText: "FAILED" } },
    sine: { kind: "fine", advice: /^keep the table in flash/ },
    melody: { kind: "fine", advice: /^keep the table in flash/ },
    // One buffer would not do, thirty are there at once; and one list used again would keep them all.
    survey: { kind: "fine", advice: "none" },
    greenhouse: { kind: "fine", advice: "none" },
    ticker: { kind: "fine", advice: "none" },
}

/** All of them with `HEAPSCOPE_FAULTS=all`, else a few: each is two programs to compile. */
const FEW = ["subscription", "queue", "sensors", "watchdog", "nightly"]
const TRIED = process.env.HEAPSCOPE_FAULTS === "all" ? Object.keys(FAULTS) : FEW

/** The line of a program that says `here`, or the one below when it says nothing else. */
function lineHere(name: string): number | undefined {
    const lines = readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").split("\n")
    const at = lines.findIndex(line => line.includes("// here"))
    if (at < 0) return undefined
    return /^\s*\/\/ here/.test(lines[at]!) ? at + 2 : at + 1
}

/** What a next command says to run, in minutes of simulated time. */
function minutesOf(command: string): number {
    const [, count, unit] = /--for (\d+)([msh])/.exec(command)!
    return Number(count) * { s: 1 / 60, m: 1, h: 60 }[unit as "s" | "m" | "h"]
}

describe.each(TRIED)("%s", name => {
    const {
        kind,
        advice,
        evidence,
        options: { heapBytes = 65_536, ...options } = {},
    } = FAULTS[name]!

    test("is judged, with its line, and the first advice ends it", async () => {
        const program = await build(`${FOLDER}/${name}.ts`)
        const board = { id: "pico", chip: "rp2040", heapBytes }
        const result = await adviseRun(vm, { program, board, forMs: 5 * MINUTE, ...options })
        const { judgement, advice: given = [] } = result.report
        expect(judgement.kind).toBe(kind)
        const [first] = given
        const line = lineHere(name)
        if (line) expect((judgement.at ?? first?.at)?.line).toBe(line)
        if (evidence) expect(judgement.evidence.join(" ")).toContain(evidence)
        if (advice === "none") expect(given).toEqual([])
        else if (advice) {
            expect(first?.instead).toMatch(advice)
            if (first?.live) expect(first.live.after).toBeLessThan(first.live.before)
        }
        if (kind === "leak") expect(first?.code).toBeTruthy()

        const { next } = judgement
        if (existsSync(fromRoot(FOLDER, `${name}-mended.ts`))) {
            const mended = { forMs: 10 * MINUTE, heapBytes, ...options }
            const { report } = await runProgram(`${FOLDER}/${name}-mended.ts`, mended)
            expect(report.judgement.severity).toBe("good")
        } else if (kind === "still-growing") {
            const longer = { forMs: minutesOf(next!.command) * MINUTE }
            const { report } = await runProgram(`${FOLDER}/${name}.ts`, longer)
            expect(report.judgement.severity).toBe("good")
        } else if (kind === "not-exercised")
            expect(minutesOf(next!.command)).toBeGreaterThanOrEqual(50)
        else if (kind === "waiting") expect(next!.command).toBe("heapscope explain role")
        else expect(["fine", "restarted"]).toContain(kind)
    }, 120_000)
})
