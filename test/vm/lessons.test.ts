import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, it, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { LessonError, measureWork } from "../../host/tasks/lesson/measure"
import { SAVINGS } from "../../host/documents/savings"
import { answerOf } from "../../host/tasks/lesson/lessons-report"
import { settingOf } from "../../host/tasks/lesson/setting"
import type { Scenario } from "../../host/simulator/scenario/scenario"
import { measureSpeed } from "../../host/tasks/lesson/speed"
import { strategyTable, tableIn } from "../../host/sinks/files/strategy-table"
import { studyLesson, type Study } from "../../host/tasks/lesson/study"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { build, fromRoot, vm } from "./harness"

/** The smallest heap of the boards. Bytes. */
const SMALL_HEAP = 40 * 1024
/** What a structure may take more than the same by hand, at what the lesson is about. */
const MAX_OVER_BYTES = 64
const MAX_OVER_SHARE = 0.05
/** All programs of every lesson are compiled once while nothing changes: that takes minutes. */
const COMPILING_MS = 400_000

const lessons = listLessons()
const studies = new Map<string, Study>()

beforeAll(async () => {
    // Two at a time: each compiles in a process of its own.
    const left = [...lessons]
    const worker = async () => {
        for (let lesson = left.shift(); lesson; lesson = left.shift())
            studies.set(
                lesson.name,
                await studyLesson(vm, lesson, {
                    ...{ board: { heapBytes: SMALL_HEAP }, speed: false, heaps: true },
                }),
            )
    }
    await Promise.all([worker(), worker()])
}, COMPILING_MS)

describe.each(lessons)("lesson $name", ({ name, saves, atMost, programs }) => {
    const study = () => studies.get(name)!
    const better = (["byHand", "structure"] as const).filter(way => programs[way] !== undefined)
    const main = SAVINGS[saves[0]!].figure

    it("runs to its end on 40 KiB and prints what the ordinary way prints", () => {
        // Different logs would have made the study throw.
        expect(study().log.length).toBeGreaterThan(0)
    })

    it.each(saves)("lowers the bytes it says: %s", saving => {
        const { work } = study()
        const { figure } = SAVINGS[saving]
        for (const way of better) {
            // A structure of few calls may allocate more than it spares, of what the lesson is not about.
            if (way === "structure" && figure !== main) continue
            expect(work[way]![figure], way).toBeLessThan(work.wasteful[figure])
        }
    })

    it.each(better)("%s beats the ordinary way by what it states", way => {
        const { wasteful, [way]: one } = study().work
        const promised = atMost[way]!
        expect(promised.bytes).toBeLessThan(1)
        expect(one![main] / wasteful[main]).toBeLessThanOrEqual(promised.bytes)
        expect(one!.boardTimeMs / wasteful.boardTimeMs).toBeLessThanOrEqual(promised.boardTime)
    })

    if (programs.structure !== undefined)
        it("takes with the structure about what it takes by hand", () => {
            const { byHand, structure } = study().work
            const over = structure![main] - byHand[main]
            expect(over).toBeLessThanOrEqual(MAX_OVER_BYTES + MAX_OVER_SHARE * byHand[main])
        })

    it.each(["wasteful", ...better] as const)("shows of %s what is measured", way => {
        const work = study().work[way]!
        const heap = study().heaps![way]!
        expect(heap.length).toBeLessThanOrEqual(300)
        expect(Math.max(...heap.map(({ liveBytes }) => liveBytes))).toBe(work.peakLiveBytes)
        const { boardTimeMs, liveBytes, collections } = work
        expect(heap.at(-1)).toMatchObject({ atMs: boardTimeMs, liveBytes, collections })
        const times = heap.map(({ atMs }) => atMs)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        for (const moment of heap) expect(moment.usedBytes).toBeGreaterThanOrEqual(moment.liveBytes)
    })

    it("asks a question that has an answer", () => {
        expect(answerOf(study())).toBeGreaterThan(0)
    })
})

test("block-pool: the ordinary way dies of fragmentation where by hand there is room to spare", async () => {
    const { programs } = lessons.find(({ name }) => name === "block-pool")!
    const measure = async (program: string, heapBytes: number) =>
        measureWork(vm, await build(program), heapBytes).work
    // As the lesson says.
    await expect(measure(programs.wasteful, 30_000)).rejects.toThrow(/panic 60004.*no room for/)
    const { peakLiveBytes } = await measure(programs.wasteful, 65_536)
    expect(peakLiveBytes).toBeLessThan(20_000)
    await measure(programs.byHand, 18_000)
    await measure(programs.structure!, 18_000)
})

describe("a lesson to which something happens", () => {
    const lesson = lessons.find(({ name }) => name === "rush-hour")!
    const setting = settingOf(lesson)!
    const measure = async (steps: Scenario["steps"]) =>
        measureWork(vm, await build(lesson.programs.byHand), SMALL_HEAP, {
            ...setting,
            scenario: { ...setting.scenario, steps },
        })

    it("does not end when not all of it happens", async () => {
        const { steps } = setting.scenario
        await expect(measure(steps)).resolves.toBeDefined()
        await expect(measure(steps.slice(0, 1))).rejects.toThrow("did not end within 50")
    })

    it("fails with a step that comes to nothing, and names it", async () => {
        const steps = setting.scenario.steps.map(step =>
            "text" in step.action
                ? { ...step, action: { ...step.action, text: "41 orders" } }
                : step,
        )
        await expect(measure(steps)).rejects.toThrow(/rush-hour\.scenario\.json: steps\.2.*log/)
    })

    it("needs nobody else for the others", () => {
        expect(lessons.filter(one => settingOf(one)).map(({ name }) => name)).toEqual(["rush-hour"])
    })
})

describe("the strategy table", () => {
    it("in devs/README.md is what is measured now", async () => {
        const inReadme = tableIn(readFileSync(fromRoot("devs/README.md"), "utf8"))
        const board = findBoard("pico")
        const now: Study[] = []
        for (const lesson of lessons)
            now.push(await studyLesson(vm, lesson, { board, speed: false }))
        expect(inReadme, "the strategy table is stale: `npm run docs` makes it anew").toBe(
            strategyTable(now, "lessons"),
        )
    })
})

describe("measuring", () => {
    it("counts nothing for a part in which nothing happens", async () => {
        const { work, log } = measureWork(vm, await build("work-nothing"), SMALL_HEAP)
        expect(work).toMatchObject({
            peakLiveBytes: 0,
            liveBytes: 0,
            allocatedBytes: 0,
            allocations: 0,
            collections: 0,
        })
        expect(log).toEqual(["done"])
    })

    it("tells what is kept from what is allocated", async () => {
        const { work } = measureWork(vm, await build("work-buffer"), SMALL_HEAP)
        // The byte that was kept before took 16.
        expect(work.liveBytes).toBe(100 - 16)
        expect(work.allocatedBytes).toBe(200)
        expect(work.allocations).toBe(2)
        expect(work.peakLiveBytes).toBe(200 - 16)
    })

    it("measures the same every time", async () => {
        const program = await build(lessons[0]!.programs.wasteful)
        expect(measureWork(vm, program, SMALL_HEAP)).toEqual(measureWork(vm, program, SMALL_HEAP))
    })

    it("times all programs", async () => {
        const { programs } = lessons.find(({ name }) => name === "stack")!
        const built = {
            wasteful: await build(programs.wasteful),
            byHand: await build(programs.byHand),
        }
        const speed = measureSpeed(vm, built, SMALL_HEAP)
        expect(speed.rounds).toBeGreaterThan(1)
        expect(speed.ms.wasteful).toBeGreaterThan(0)
        expect(speed.ms.byHand).toBeGreaterThan(0)
        expect(speed.medianRatio.byHand).toBeGreaterThan(0)
        expect(speed.ms.structure).toBeUndefined()
    })

    it.each([
        ["work-endless", "did not end"],
        ["die-leak", "died"],
        ["live-objects", "marks no measured part|did not end"],
    ])("refuses %s", async (name, why) => {
        const program = await build(name)
        const measuring = () => measureWork(vm, program, SMALL_HEAP)
        expect(measuring).toThrow(LessonError)
        expect(measuring).toThrow(new RegExp(why))
    })
})

describe("objects", () => {
    it("take the same bytes whatever the order of their fields", async () => {
        const live: Record<string, number> = {}
        const board: SimulatedBoard = new SimulatedBoard(vm, {
            heapBytes: SMALL_HEAP,
            seed: 1,
            onEvent: event => {
                if (event.kind === "log" && event.level === "log")
                    live[event.text] = board.tracker.liveBytes()
            },
        })
        board.load((await build("field-order")).bytecode)
        while (board.step(1000) && board.nowMs < 1000);
        const smallFirst = live.b! - live.a!
        const largeFirst = live.c! - live.b!
        expect(largeFirst).toBe(smallFirst)
        // 16 bytes, a data block with 16 for each of the 4 fields, and nothing padded.
        expect(smallFirst).toBe(20 * (16 + 4 + 4 * 16))
    })
})
