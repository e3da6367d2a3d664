import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { saved, type Advice } from "../../host/documents/advice"
import { objectBytes } from "../../host/model/heap/object-sizes"
import { STRUCTURES, SYMBOL_TABLE_BYTES } from "../../host/analysis/advice/structure-costs"
import {
    findLesson,
    LESSON_NAMES,
    listLessons,
    taughtProgram,
} from "../../host/tasks/lesson/catalogue"
import type { Saving } from "../../host/documents/lessons-report"
import { SAVINGS } from "../../host/documents/savings"
import type { Program } from "../../host/model/program/program"
import { SourceMap } from "../../host/model/program/source-map"
import { measureWork } from "../../host/tasks/lesson/measure"
import { Adviser } from "../../host/tasks/adviser"
import { adviseRun } from "../../host/tasks/advice-run"
import { ChurnObserver } from "../../host/simulator/observers/churn-observer"
import { run, type RunOptions, type RunResult } from "../../host/simulator/run"
import { build, runProgram, vm } from "./harness"
import { shareOf } from "./share"

const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
/** How far a saving may be from what the two programs of a lesson measure. */
const MAX_OFF = 0.2

/** How far the program in flash may be from what is told, in bytes: a tenth of what a structure takes. */
const MAX_FLASH_OFF = 160

const LEAKS = "test/vm/programs/leaks"

/** Programs of all kinds, written for other tests. */
const ANY = [
    ...["live-objects", "live-sawtooth", "live-restarts", "profile-objects", "profile-calls"],
    ...["die-strings", "die-fragmented", "diff-grows"],
    ...["devs/station/main.ts", "devs/station/wasteful.ts", `${LEAKS}/fine-bounded-string.ts`],
    ...[`${LEAKS}/fine-lru.ts`, `${LEAKS}/fine-pool.ts`, `${LEAKS}/leak-nested.ts`],
]

async function adviceFor(program: string, options: Partial<RunOptions> = {}): Promise<Advice[]> {
    const all = { program: await build(program), board, forMs: 10_000, ...options }
    return (await adviseRun(vm, all)).report.advice!
}

/** Without what ends a fault, which comes with code: that is no lesson's. */
function general(advice: readonly Advice[]): Advice[] {
    return advice.filter(({ code }) => code === undefined)
}

/** What is advised where the lesson goes on to something better, which nobody can tell from a run. */
const AS_ADVISED = Object.fromEntries(
    ["heap", "pool", "container-reuse", "string-building"].map(name => [
        name,
        `test/vm/programs/advice/lesson-${name}.ts`,
    ]),
)

/**
 * Lessons without advice of their own: the first teaches the words; of a list that is filled once nobody
 * but its author knows that only the last N count (of one that grows on, advice on leaks says so); and how
 * much waits in a rush a scenario tells.
 */
const WITHOUT_ADVICE = ["what-is-a-heap", "keep-last", "rush-hour"]
const ADVISED = listLessons().filter(({ name }) => !WITHOUT_ADVICE.includes(name))

describe.each(shareOf(ADVISED, 6))("lesson $name", lesson => {
    test("is the first advice for its wasteful program, and saves what it measures", async () => {
        const [first] = await adviceFor(lesson.programs.wasteful)
        expect(first?.lesson).toBe(lesson.name)
        expect(first!.at?.file).toMatch(/^devs\/lessons\/.*\.ts$/)

        const work = async (program: string) =>
            measureWork(vm, await build(program), board.heapBytes).work
        const before = await work(lesson.programs.wasteful)
        const after = await work(AS_ADVISED[lesson.name] ?? taughtProgram(lesson))
        const saving = lesson.saves[0]!
        const { figure } = SAVINGS[saving]
        const measured = before[figure] - after[figure]
        const predicted = saved(first![saving])
        expect(Math.abs(predicted - measured)).toBeLessThanOrEqual(MAX_OFF * measured)
        const asAdvised = first!.brings ? after : await work(lesson.programs.byHand)
        const flash = asAdvised.bytecodeBytes - before.bytecodeBytes
        expect(Math.abs(-saved(first!.flashBytes) - flash)).toBeLessThanOrEqual(MAX_FLASH_OFF)
    })

    test("is no advice for a program that follows it", async () => {
        const advice = await adviceFor(taughtProgram(lesson))
        expect(advice.map(one => one.lesson)).not.toContain(lesson.name)
    })
})

/** What each of these little programs is told to do, and the figure that is to say how well it was told. */
const PROGRAMS: [name: string, lessons: string[], saves: Saving][] = [
    ["readings", ["bit-packing"], "live"],
    ["points", ["stack"], "churn"],
    ["options", ["stack"], "churn"],
    ["colors", ["out-parameter"], "churn"],
    ["labels", ["string-building"], "churn"],
    ["totals", ["iterator-chains"], "churn"],
    ["tasks", ["flag-packing"], "live"],
    ["median", ["container-reuse"], "churn"],
    ["table", ["static"], "live"],
]
const FOR = { forMs: 20_000 }

describe("programs that are no lessons", () => {
    test.each(shareOf(PROGRAMS, 3))(
        "%s: %j, which saves what it says",
        async (name, lessons, saving) => {
            const program = `test/vm/programs/advice/${name}`
            const advice = await adviceFor(`${program}.ts`, FOR)
            expect(advice.map(({ lesson }) => lesson)).toEqual(lessons)
            for (const { lesson, at, count } of advice) {
                expect(LESSON_NAMES).toContain(lesson)
                expect(at?.file).toBe(`${program}.ts`)
                expect(count).toBeGreaterThan(0)
            }
            const before = await runProgram(`${program}.ts`, FOR)
            const after = await runProgram(`${program}-thrifty.ts`, FOR)
            const figure = ({ report: { heap, gc } }: RunResult) =>
                saving === "live" ? heap.liveBytes : gc.allocatedBytes
            const measured = figure(before) - figure(after)
            const predicted = advice.reduce((sum, one) => sum + saved(one[saving]), 0)
            const flash = after.report.program.bytecodeBytes - before.report.program.bytecodeBytes
            expect(Math.abs(-saved(advice[0]!.flashBytes) - flash)).toBeLessThanOrEqual(
                MAX_FLASH_OFF,
            )
            expect(measured).toBeGreaterThan(0)
            expect(Math.abs(predicted - measured)).toBeLessThanOrEqual(MAX_OFF * measured)
        },
    )

    test("what several lines make is told with all of them", async () => {
        const program = "test/vm/programs/advice/two-places.ts"
        const [advice] = await adviceFor(program, FOR)
        const lines = [advice!.at!, ...advice!.alsoAt!].map(({ line }) => line)
        const source = readFileSync(program, "utf8").split("\n")
        const made = source.flatMap((line, i) => (line.includes("// here") ? [i + 1] : []))
        expect(lines.sort((a, b) => a - b)).toEqual(made)
    })

    test.each(["queue", "tidy", "screen", "shared"])("%s: none", async name => {
        expect(await adviceFor(`test/vm/programs/advice/${name}.ts`, FOR)).toEqual([])
    })

    test("a program that dies gets its advice from the heap it died with", async () => {
        const [first, second] = await adviceFor("die-leak", { forMs: 600_000 })
        expect(first?.instead).toMatch(/^keep the last \d+/)
        expect(second?.lesson).toBe("bit-packing")
        expect(second!.what).toMatch(/^\d+ objects of Order/)
    })

    test("of the station's twin, it is what the station does otherwise", async () => {
        const advice = general(await adviceFor("devs/station/wasteful.ts"))
        expect(advice[0]?.lesson).toBe("iterator-chains")
        expect(advice[0]?.at?.file).toBe("devs/station/wasteful.ts")
    })

    test("of the twin when it has run out of memory, what is live comes first", async () => {
        const all = await adviceFor("devs/station/wasteful.ts", { forMs: 600_000 })
        expect(all[0]?.instead).toMatch(/^keep the last/)
        const advice = general(all)
        expect(advice[0]?.lesson).toBe("flag-packing")
        const live = advice.map(one => saved(one.live))
        expect(live).toEqual(live.toSorted((a, b) => b - a))
        expect(live.at(-1)).toBeGreaterThan(0)
    })
})

/** Whatever a program is: what an advice is about is there, once. */
test.each(shareOf(ANY, 4))("%s: no advice saves more than there is", async name => {
    const program = await build(name)
    const { report } = await adviseRun(vm, { program, board, ...FOR })
    const advice = report.advice!
    const changes = advice.flatMap(({ live, churn, peak }) => [live, churn, peak])
    for (const { before, after } of changes.filter(change => change !== undefined)) {
        expect(after).toBeGreaterThanOrEqual(0)
        expect(after).toBeLessThanOrEqual(before)
    }
    // What ends a leak is about all that it keeps, whatever else could be done with that.
    const claimed = general(advice)
    const sum = (of: (one: Advice) => number) => claimed.reduce((total, one) => total + of(one), 0)
    expect(sum(one => one.live?.before ?? 0)).toBeLessThanOrEqual(report.heap.liveBytes)
    expect(sum(one => saved(one.churn))).toBeLessThanOrEqual(report.gc.allocatedBytes)
    for (const { churn, peak, at } of advice) {
        expect(churn?.before ?? 0).toBeLessThanOrEqual(report.gc.allocatedBytes)
        expect(peak?.before ?? 0).toBeLessThanOrEqual(report.heap.highWaterLiveBytes)
        expect(at?.file).not.toMatch(/node_modules|^src/)
    }
})

const UNCHANGED = ["devs/station/main.ts", "live-objects", "live-fibers", "die-leak"]

test("looking for advice changes nothing but the report's advice", async () => {
    for (const program of shareOf(UNCHANGED, 2)) {
        const plain = await runProgram(program, { forMs: 20_000 })
        const advised = await adviseRun(vm, { program: await build(program), board, forMs: 20_000 })
        const document = ({ report, blocks, instructions }: typeof plain) => ({
            report: {
                ...{ ...report, board: undefined, wall: undefined, advice: undefined },
                judgement: { ...report.judgement, next: undefined },
            },
            ...{ blocks, instructions },
        })
        expect(document(advised)).toEqual(document(plain))
    }
})

describe("the library's structures cost what an advice says:", () => {
    const USED: [keyof typeof STRUCTURES, string][] = [
        ["ResultCache", "container-reuse"],
        ["StringBuilder", "string-building"],
        ["RingBuffer", "test/vm/programs/use/queue-jobs-mended.ts"],
        ["RecordRing", "test/vm/programs/use/wait-orders-mended.ts"],
        ["BitSet", "test/vm/programs/use/search-cards-mended.ts"],
    ]

    test.each(USED)("%s", async (name, where) => {
        const lesson = AS_ADVISED[where] ?? where
        const program = await build(
            lesson.includes("/") ? lesson : taughtProgram(findLesson(lesson)),
        )
        const observer = new ChurnObserver(program.bytecode, undefined)
        let object: number | undefined
        await run(vm, {
            ...{ program, board, forMs: 10_000, observers: [observer.allocated] },
            onEnd: end => {
                const graph = end.graph(program.debug)!
                object = graph.nodes.find(({ className }) => className === name)?.bytes
            },
        })
        const { fields, frames } = STRUCTURES[name]
        expect(object).toBe(objectBytes(fields).live)
        expectFrames(program, observer, frames)
    })

    test("SymbolTable, which has no class", async () => {
        const program = await build(taughtProgram(findLesson("interning")))
        const observer = new ChurnObserver(program.bytecode, undefined)
        await run(vm, { program, board, forMs: 10_000, observers: [observer.allocated] })
        expectFrames(program, observer, SYMBOL_TABLE_BYTES)
    })
})

function expectFrames(
    program: Program,
    observer: ChurnObserver,
    frames: Readonly<Record<string, number>>,
): void {
    for (const [frame, bytes] of Object.entries(frames)) {
        // Of two of a name, the structure's stands before that of the runtime's library.
        const start = program.debug!.functions.find(func => func.name === frame)!.startpc
        const facts = observer.frameFacts().get(start)!
        // A frame can be a word larger where a hole was.
        expect(Math.floor(facts.bytes / facts.calls / 4) * 4, frame).toBe(bytes)
    }
}

test("what is pushed into each list is counted, and what is taken out of an empty one is another thing", async () => {
    const program = await build("pushes")
    const observer = new ChurnObserver(program.bytecode, SourceMap.of(program.debug))
    const uses: unknown[] = []
    await run(vm, {
        ...{ program, board, forMs: 1000, observers: [observer.allocated] },
        onPush: (list, elements) => observer.pushed(list, elements),
        onEnd: end => {
            for (const { type, address } of end.graph(program.debug)!.nodes) {
                const use = type === "array" ? observer.useOf(address) : undefined
                if (use) uses.push([use.pushed, use.shift.calls])
            }
        },
    })
    expect(uses).toEqual([
        [14, 19],
        [3, 0],
    ])
})

test("an adviser that saw no heap has nothing to say", async () => {
    const adviser = new Adviser(await build("live-ends"))
    const { report } = await runProgram("live-ends")
    expect(adviser.advice(report)).toEqual([])
})
