import { describe, expect, test } from "vitest"
import type { MemoryEvent } from "../../host/model/events"
import type { RunResult } from "../../host/simulator/run"
import { watchSimulation } from "../../host/tasks/watch-sim"
import { build, powerOn, printed, runProgram } from "./harness"
import { countOf } from "./share"

/** The document, without the one part that may differ. */
function documentOf({ report }: RunResult): string {
    return JSON.stringify({ ...report, wall: undefined })
}

test("several runs, one document", async () => {
    const documents = new Set<string>()
    for (let i = 0; i < countOf(3, 10); i++)
        documents.add(documentOf(await runProgram("live-objects")))
    expect(documents.size).toBe(1)
})

test("two boards in one process do not know of each other", async () => {
    const alone = documentOf(await runProgram("live-fibers"))
    const [a, b] = await Promise.all([runProgram("live-fibers"), runProgram("die-leak")])
    expect(documentOf(a)).toBe(alone)
    expect(b.report.outcome.kind).toBe("panicked")
})

test("how often we look changes nothing but the samples", async () => {
    const without = async (sampleMs: number) => {
        const { report } = await runProgram("live-objects", { sampleMs })
        expect(report.samples).toHaveLength(Math.floor(60_000 / sampleMs))
        return { ...report, samples: undefined, asked: undefined, wall: undefined }
    }
    expect(await without(7)).toEqual(await without(1000))
})

test("samples come at their times and hold together", async () => {
    const { samples } = await runProgram("live-sawtooth", { forMs: 10_000, sampleMs: 250 })
    expect(samples.map(({ atMs }) => atMs)).toEqual(
        Array.from({ length: 40 }, (_, i) => 250 * (i + 1)),
    )
    for (const sample of samples) {
        expect(sample.usedBytes + sample.freeBytes).toBe(65_524)
        expect(sample.liveBytes).toBeLessThanOrEqual(sample.usedBytes)
        expect(sample.largestFreeBytes).toBeLessThanOrEqual(sample.freeBytes)
    }
    samples.slice(1).forEach((sample, i) => {
        expect(sample.allocations).toBeGreaterThanOrEqual(samples[i]!.allocations)
        expect(sample.allocatedBytes).toBeGreaterThanOrEqual(samples[i]!.allocatedBytes)
    })
})

test.each([0.7, 1.1, 10.0001, 102.0001])(
    "no distance of samples is missed: %d ms",
    async sampleMs => {
        const { samples } = await runProgram("live-sawtooth", { forMs: 300 * sampleMs, sampleMs })
        expect(samples.length).toBeGreaterThanOrEqual(299)
    },
)

describe("ending early", () => {
    test("on a text", async () => {
        const { report } = await runProgram("live-sawtooth", { untilText: "batches 10" })
        expect(report.outcome).toMatchObject({ kind: "expected-text", atMs: report.simulated.ms })
        expect(printed(report.log).at(-1)).toBe("batches 10")
    })

    test("on a text that must not come, which wins over the one awaited", async () => {
        const { report } = await runProgram("live-sawtooth", {
            untilText: "batches",
            failText: "batches 5",
        })
        expect(report.outcome.kind).toBe("failed-text")
    })

    test("after real time", async () => {
        const { report } = await runProgram("live-sawtooth", { forMs: 1e12, timeoutMs: 200 })
        expect(report.outcome.kind).toBe("timed-out")
        expect(report.wall.ms).toBeGreaterThanOrEqual(200)
        expect(report.wall.ms).toBeLessThan(5000)
    })

    test("when interrupted, with a report of what has run", async () => {
        const controller = new AbortController()
        setTimeout(() => controller.abort(), 100)
        const result = await runProgram("live-sawtooth", { forMs: 1e12, signal: controller.signal })
        expect(result.interrupted).toBe(true)
        expect(result.report.simulated.ms).toBeGreaterThan(0)
    })
})

test("real time passes no faster than the wall clock", async () => {
    const { report } = await runProgram("live-sawtooth", { forMs: 500, speed: 1 })
    expect(report.wall.ms).toBeGreaterThanOrEqual(490)
    expect(report.simulated.ms).toBe(500)
})

test("a program that ends is finished, not running", async () => {
    const { report } = await runProgram("live-ends")
    expect(report.outcome).toMatchObject({ kind: "finished" })
    expect(report.outcome.atMs).toBeLessThan(1000)
})

test("a program that restarts itself goes on, on a heap of the board's size", async () => {
    const { report } = await runProgram("live-restarts", { heapBytes: 16_384, forMs: 10_000 })
    expect(printed(report.log).filter(text => text === "started").length).toBeGreaterThan(2)
    expect(report.heap.capacityBytes).toBe(16_372)
})

test("a program that reboots the board goes on, with its time and its figures", async () => {
    const { report } = await runProgram("live-reboots", { forMs: 20_000, sampleMs: 500 })
    const lines = (text: string) => report.log.filter(line => line.text === text)
    const reboots = lines("rebooting with 5")
    expect(reboots.length).toBeGreaterThan(10)
    expect(reboots.at(-1)!.atMs).toBeGreaterThan(17_000)
    // The board's own clock begins anew each time, and so does what is kept.
    expect(lines("up for 1300 ms").length).toBeGreaterThanOrEqual(reboots.length - 1)
    expect(Math.max(...report.samples!.map(({ liveBytes }) => liveBytes))).toBeLessThan(1000)
    expect(report.gc.allocations).toBeGreaterThan(20 * reboots.length)
    expect(report.outcome.kind).toBe("running")
})

test("a board that is reset runs its program as one that was switched on", async () => {
    const { board, log } = await powerOn("live-objects")
    const runs: string[][] = []
    for (let i = 0; i < 3; i++) {
        log.length = 0
        const start = board.nowMs
        while (board.nowMs < start + 20_000) board.step(start + 20_000)
        expect(board.blocks().some(({ live }) => live)).toBe(true)
        runs.push(printed(log))
        board.reset()
        expect(board.blocks()).toEqual([])
    }
    const [first, second, third] = runs
    expect(third).toEqual(second)
    // A program in flash waits a little for a host before it starts.
    expect(second!.length).toBeGreaterThan(0)
    expect(first!.slice(0, second!.length)).toEqual(second)
})

test("the seed decides what is random, and nothing else does", async () => {
    const random = async (seed: number) =>
        printed((await runProgram("live-random", { seed, forMs: 2000 })).report.log)
    expect(await random(1)).toEqual(await random(1))
    expect(await random(1)).not.toEqual(await random(2))
})

test("who looks on sees a program that was over before its first sample", async () => {
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    const program = await build("devs/lessons/heap/wasteful.ts")
    const source = watchSimulation(program, { board, forMs: 5000, speed: Infinity })
    const told = new Map<string, MemoryEvent>()
    const { signal } = new AbortController()
    for await (const event of source.events(signal, { soon: true, heapMap: true }))
        told.set(event.kind, event)
    const { heap } = told.get("end") as Extract<MemoryEvent, { kind: "end" }>
    expect(told.get("sample")).toMatchObject({ liveBytes: heap!.liveBytes })
    expect(told.get("heap-map")).toBeDefined()
})

test("writes texts as JSON as a board does, whose characters have no sign", async () => {
    const { log } = (await runProgram("json-text")).report
    const texts = printed(log).map(line => JSON.parse(line) as { text: string })
    expect(texts.map(({ text }) => text)).toContain("naïve 😀")
    expect(printed(log)).toEqual(texts.map(text => JSON.stringify(text)))
})
