import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { saved, type Advice } from "../../host/documents/advice"
import type { SimReport } from "../../host/documents/sim-report"
import type { Saving } from "../../host/documents/lessons-report"
import { adviseRun } from "../../host/tasks/advice-run"
import { build, fromRoot, runProgram, vm } from "./harness"

const FOLDER = "test/vm/programs/use"
const FOR_MS = 60_000
/** How far a saving may be from what the mended program measures. */
const MAX_OFF = 0.2

interface Use {
    /** What the advice says to do. */
    advice: RegExp
    /** What it is held to, beside the time that it says running takes. */
    saves?: Saving
    /** Share of the loops' time that the advice says is saved, at least and at most. */
    loops?: readonly [least: number, most: number]
    /** Programs with the fault, each with one beside it that was mended by hand. */
    wrong: string[]
    fine: string[]
}

/**
 * Kinds of use, for each programs with a fault and without: written before the rules were. The line
 * of the fault says `here`, or is the one below that.
 */
const USES: Record<string, Use> = {
    "structures that are too much": {
        advice: /^give it room for|^work the result out without a cache|^keep the texts as they are/,
        saves: "live",
        wrong: [
            ...["wide-ring", "wide-map", "wide-vector", "wide-builder", "wide-pool"],
            ...["wide-records", "wide-arena", "no-hit", "all-different", "wide-cache"],
        ],
        fine: [
            ...["fit-ring", "fit-map", "fit-vector", "fit-burst", "fit-filling"],
            ...["fit-cache", "fit-interner", "fit-pool", "fit-small", "fit-own", "fit-seldom"],
        ],
    },
    "pools from which nothing comes back": {
        advice: /^make each when it is needed, without a pool/,
        saves: "live",
        wrong: ["kept-cells", "kept-rooms", "kept-pages", "kept-players"],
        fine: ["again-cells", "again-blocks", "again-few", "again-half", "fit-pool"],
    },
    "pools of blocks in sizes nobody asks for": {
        advice: /^give it the sizes that are asked for/,
        saves: "live",
        wrong: ["waste-frames", "waste-lines", "waste-samples", "waste-keys"],
        fine: ["tight-frames", "tight-seldom", "tight-one", "tight-unused"],
    },
    "interners whose texts hardly repeat": {
        advice: /^keep the texts as they are/,
        saves: "live",
        wrong: ["all-different", "hardly-visitors", "hardly-tickets", "hardly-files"],
        fine: ["often-cities", "often-asked-little", "often-again", "fit-interner"],
    },
    "containers that are used as another one would be": {
        advice: /^a RingBuffer for|^a BitSet with|^a FixedMap for|^keep the values in a Buffer/,
        saves: "live",
        wrong: [
            ...["queue-jobs", "queue-bytes", "queue-times", "queue-steps", "search-cards"],
            ...["search-seats", "search-rooms", "keys-dense", "keys-rooms", "keys-meters"],
        ],
        fine: [
            ...["few-wait", "stack-of-numbers", "objects-wait", "seldom-shift", "few-searched"],
            ...["texts-searched", "searched-once", "text-keys", "few-keys", "by-index"],
        ],
    },
    "queues of objects": {
        advice: /^a RecordRing for/,
        saves: "live",
        wrong: ["wait-orders", "wait-moves", "wait-packets", "wait-window"],
        fine: ["wait-shared", "wait-names", "wait-calls", "wait-few", "objects-wait"],
    },
    "columns that are summed": {
        advice: /^keep each field of .* in a Buffer of its own/,
        saves: "live",
        loops: [0.13, 0.31],
        wrong: ["column-heat", "column-bill", "column-fuel", "column-peak"],
        fine: ["rows-whole", "rows-at-start", "rows-named", "rows-few"],
    },
    "texts that are looked for": {
        advice: /^an object with each text as a key/,
        wrong: ["known-cards", "known-topics", "known-words", "known-devices"],
        fine: ["known-seldom", "known-leaves", "known-listed", "known-mixed", "texts-searched"],
    },
    "tables of texts": {
        advice: /^keep the table in flash/,
        saves: "live",
        wrong: ["texts-menu", "texts-days", "texts-states", "texts-errors"],
        fine: ["few-texts", "texts-change", "texts-made", "texts-joined"],
    },
    "copies that nobody writes": {
        advice: /^read the original/,
        saves: "churn",
        wrong: [
            ...["copy-slice", "copy-buffer", "copy-list", "copy-spread"],
            ...["copy-concat", "copy-twice"],
            ...["brief-each", "brief-reduce", "brief-header", "brief-every"],
        ],
        fine: [
            ...["copy-written", "copy-sorted", "copy-kept", "copy-seldom"],
            ...["copy-of-text", "sum-in-place", "copy-sent"],
            ...["brief-changed", "brief-sorted", "brief-seldom", "brief-handed"],
        ],
    },
    "functions that return a new object a call": {
        advice: /^fill an object that the caller has/,
        saves: "churn",
        wrong: ["out-price", "out-point", "out-range", "out-bounds"],
        fine: ["out-kept", "out-seldom", "out-filled", "out-fluent"],
    },
    "results that are worked out again": {
        advice: /^keep each result/,
        saves: "churn",
        wrong: [
            ...["again-bars", "again-curve", "again-label"],
            ...["anew-words", "anew-cells", "anew-marks", "anew-frost"],
        ],
        fine: [
            ...["again-others", "again-state", "again-written", "again-effect"],
            ...["anew-sentences", "anew-pairs", "anew-fractions", "anew-counted"],
        ],
    },
}
const IS_LONG = process.env.HEAPSCOPE_USES === "all"
/** Of each kind, without HEAPSCOPE_USES=all; and of every so many kinds one that is fine. */
const FEW = 1
const FINE_OF = 3

async function advised(name: string): Promise<SimReport & { advice: Advice[] }> {
    const program = await build(`${FOLDER}/${name}.ts`)
    const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
    const { report } = await adviseRun(vm, { program, board, forMs: FOR_MS })
    return { ...report, advice: report.advice! }
}

type Figure = "live" | "churn" | "workMs"

function figuresOf({ gc, heap, boardTime }: SimReport): Record<Figure, number> {
    return { churn: gc.allocatedBytes, live: heap.liveBytes, workMs: boardTime.runningMs }
}

function lineHere(name: string): number {
    const lines = readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").split("\n")
    const at = lines.findIndex(line => line.includes("// here"))
    return /^\s*\/\/ here/.test(lines[at]!) ? at + 2 : at + 1
}

function isByMethod(name: string): boolean {
    return readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").includes(".reduce(")
}

/** What is not told right of a program with a fault; nothing when all is. */
async function wrongOf(name: string, { advice, saves, loops }: Use): Promise<string[]> {
    const report = await advised(name)
    const told = report.advice
    const one = told.find(({ instead }) => advice.test(instead))
    if (!one) return [`${name}: not found, but ${told.map(({ instead }) => instead).join("; ")}`]
    const mended = await runProgram(`${FOLDER}/${name}-mended.ts`, { forMs: FOR_MS })
    const [before, after] = [figuresOf(report), figuresOf(mended.report)]
    const held: Figure[] = [...(saves === "live" || saves === "churn" ? [saves] : [])]
    if (one.workMs) held.push("workMs")
    const less = (before.workMs - after.workMs) / Number(/([\d.]+) ms of/.exec(one.what)?.[1])
    const [least, most] = loops ?? [-Infinity, Infinity]
    // A method's own time, and its calls, are not the loops'.
    const isWithin = less >= least && (less <= most || isByMethod(name))
    return [
        ...(loops && !isWithin ? [`${name}: its loops take ${less} less`] : []),
        ...(one.at?.line === lineHere(name) ? [] : [`${name}: line ${one.at?.line}`]),
        ...held.flatMap(figure => {
            const measured = before[figure] - after[figure]
            const predicted = saved(one[figure])
            const isRight = Math.abs(predicted - measured) <= MAX_OFF * Math.abs(measured)
            return isRight ? [] : [`${name}: saves ${measured} ${figure}, told ${predicted}`]
        }),
    ]
}

describe.each(Object.entries(USES))("%s", (kind, use) => {
    const isTried = IS_LONG || Object.keys(USES).indexOf(kind) % FINE_OF === 0
    const tried = (names: string[]) => (IS_LONG ? names : names.slice(0, FEW))

    test("are found, and mended they save what was said", { timeout: 600_000 }, async () => {
        const wrong: string[] = []
        for (const name of tried(use.wrong)) wrong.push(...(await wrongOf(name, use)))
        expect(wrong).toEqual([])
    })

    test.runIf(isTried)("are not found where they are not", { timeout: 600_000 }, async () => {
        const alarms: string[] = []
        for (const name of tried(use.fine)) {
            const told = (await advised(name)).advice
            const wrong = told.find(({ instead }) => use.advice.test(instead))
            if (wrong) alarms.push(`${name}: ${wrong.instead} (${wrong.what})`)
        }
        expect(alarms).toEqual([])
    })
})
