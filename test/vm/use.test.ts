import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { saved, type Advice } from "../../host/documents/advice"
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
    saves: Saving
    /** Programs with the fault, each with one beside it that was mended by hand. */
    wrong: string[]
    fine: string[]
}

/**
 * Three kinds of use, ten programs with a fault and ten without: written before the rules were. The line
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
    "tables of texts": {
        advice: /^keep the table in flash/,
        saves: "live",
        wrong: ["texts-menu", "texts-days", "texts-states", "texts-errors"],
        fine: ["few-texts", "texts-change", "texts-made"],
    },
    "copies that nobody writes": {
        advice: /^read the original/,
        saves: "churn",
        wrong: [
            ...["copy-slice", "copy-buffer", "copy-list", "copy-spread"],
            ...["copy-concat", "copy-twice"],
        ],
        fine: [
            ...["copy-written", "copy-sorted", "copy-kept", "copy-seldom"],
            ...["copy-of-text", "sum-in-place", "copy-sent"],
        ],
    },
    "functions that return a new object a call": {
        advice: /^fill an object that the caller has/,
        saves: "churn",
        wrong: ["out-price", "out-point", "out-range"],
        fine: ["out-kept", "out-seldom", "out-filled", "out-fluent"],
    },
    "results that are worked out again": {
        advice: /^keep each result/,
        saves: "churn",
        wrong: ["again-bars", "again-curve", "again-label"],
        fine: ["again-others", "again-state", "again-written", "again-effect"],
    },
}
const IS_LONG = process.env.HEAPSCOPE_USES === "all"
/** Of each kind, without HEAPSCOPE_USES=all. */
const FEW = 1

async function adviceFor(name: string): Promise<Advice[]> {
    const program = await build(`${FOLDER}/${name}.ts`)
    const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
    return (await adviseRun(vm, { program, board, forMs: FOR_MS })).report.advice!
}

async function figureOf(name: string, saving: Saving): Promise<number> {
    const { report } = await runProgram(`${FOLDER}/${name}.ts`, { forMs: FOR_MS })
    return saving === "churn" ? report.gc.allocatedBytes : report.heap.liveBytes
}

function lineHere(name: string): number {
    const lines = readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").split("\n")
    const at = lines.findIndex(line => line.includes("// here"))
    return /^\s*\/\/ here/.test(lines[at]!) ? at + 2 : at + 1
}

/** What is not told right of a program with a fault; nothing when all is. */
async function wrongOf(name: string, { advice, saves }: Use): Promise<string[]> {
    const told = await adviceFor(name)
    const one = told.find(({ instead }) => advice.test(instead))
    if (!one) return [`${name}: not found, but ${told.map(({ instead }) => instead).join("; ")}`]
    const measured = (await figureOf(name, saves)) - (await figureOf(`${name}-mended`, saves))
    const predicted = saved(one[saves])
    return [
        ...(one.at?.line === lineHere(name) ? [] : [`${name}: line ${one.at?.line}`]),
        ...(Math.abs(predicted - measured) <= MAX_OFF * measured
            ? []
            : [`${name}: saves ${measured}, told ${predicted}`]),
    ]
}

describe.each(Object.entries(USES))("%s", (_, use) => {
    const tried = (names: string[]) => (IS_LONG ? names : names.slice(0, FEW))

    test("are found, and mended they save what was said", { timeout: 600_000 }, async () => {
        const wrong: string[] = []
        for (const name of tried(use.wrong)) wrong.push(...(await wrongOf(name, use)))
        expect(wrong).toEqual([])
    })

    test("are not found where they are not", { timeout: 600_000 }, async () => {
        const alarms: string[] = []
        for (const name of tried(use.fine)) {
            const told = await adviceFor(name)
            const wrong = told.find(({ instead }) => use.advice.test(instead))
            if (wrong) alarms.push(`${name}: ${wrong.instead} (${wrong.what})`)
        }
        expect(alarms).toEqual([])
    })
})
