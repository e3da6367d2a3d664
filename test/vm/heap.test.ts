import { describe, expect, test } from "vitest"
import type { RunOptions } from "../../host/simulator/run"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { HeapMarker } from "../../host/model/heap/marker"
import { heapStats } from "../../host/model/heap/stats"
import type { HeapMemory } from "../../host/model/heap/heap-memory"
import { powerOn, runProgram } from "./harness"
import { moments, shareOf } from "./share"

const DYING = ["die-leak", "die-strings", "die-fragmented", "die-map", "die-closures", "die-growth"]
const LIVING = ["live-sawtooth", "live-warm-up", "live-fibers", "live-objects", "live-timers"]
const STATION = ["devs/station/main.ts", "devs/station/wasteful.ts"]
/** Programs whose closures and fibers keep the frames of calls. */
const KEPT_CALLS = [
    ...["leak-closures", "leak-in-closure", "leak-timers"].map(
        name => `test/vm/programs/leaks/${name}.ts`,
    ),
]
const KIB = 1024

describe.each([64, 40, 16])("on a heap of %i KiB", kib => {
    test.each(shareOf(DYING, 3))("%s: the VM's stats line is our walk", async name => {
        const { report } = await runProgram(name, { heapBytes: kib * KIB, forMs: 600_000 })
        const { heap, outcome, log } = report
        expect(outcome.panicName).toBe("out-of-memory")
        const stats = log.filter(line => line.text.startsWith("stats: ")).map(line => line.text)
        expect(stats).toEqual([
            `stats: ${heap.blocks} objects, ${heap.usedBytes} B used, ${heap.freeBytes} B free (${heap.largestFreeBytes} B max block)`,
        ])
        expect(log.map(line => line.text)).toContain(`devs: OOM (${outcome.requestedBytes} bytes)`)
        expect(heap.capacityBytes).toBe(kib * KIB - 12)
        expect(heap.usedBytes + heap.freeBytes).toBe(heap.capacityBytes)
    })
})

/** What a collection leaves, found by collecting and then undoing it. */
function collected(board: Awaited<ReturnType<typeof powerOn>>["board"]): number {
    const before = board.keyframe()
    const left = board.collect()
    board.restore(before)
    return left
}

describe.each([64, 16])("live bytes on a heap of %i KiB", kib => {
    test.each(shareOf([...DYING, ...LIVING, ...STATION], 5))(
        "%s: our marking is what a forced collection leaves, at any moment",
        async name => {
            const { board } = await powerOn(name, kib * KIB)
            let samples = 0
            for (const at of moments(100, 15_000, 12)) {
                board.runUntil(at)
                if (board.death) break
                const { liveBytes } = board.sample()
                expect(collected(board), `at ${at} ms`).toBe(liveBytes)
                samples++
                if (board.isFinished()) break
            }
            expect(samples + (board.death ? 1 : 0)).toBeGreaterThan(0)
        },
    )
})

test.each(["die-leak", "live-objects", "live-fibers", "devs/station/wasteful.ts", ...KEPT_CALLS])(
    "%s: the high-water marks are those of every single allocation",
    name => markEachAllocation(name),
)

test.each(["die-leak", "live-objects", "live-fibers"])(
    "%s: they are whoever looks from inside an allocation, too",
    name => markEachAllocation(name, 3),
)

/** @param lookEvery of so many allocations, the tracker is looked at from inside of one; default: of none */
async function markEachAllocation(name: string, lookEvery = Infinity): Promise<void> {
    const { board } = await powerOn(name, 16 * KIB)
    const { tracker } = board
    let [used, live] = [0, 0]
    const allocated = tracker.allocated.bind(tracker)
    // A marker of our own: the tracker's would tell the tracker what it is to find out.
    let heap: HeapMemory | undefined
    let marker: HeapMarker
    tracker.allocated = (tag, size, address) => {
        allocated(tag, size, address)
        if (address === 0) return
        if (heap !== tracker.heap) marker = new HeapMarker((heap = tracker.heap!))
        const marked = marker.mark(tracker.context())
        const own = marker.isLive(address) ? 0 : tracker.sizeOf(address)
        live = Math.max(live, marked + own)
        used = Math.max(used, tracker.usedBytes)
        if (tracker.highWaterLiveBytes !== live) expect.fail(`at ${tracker.allocations}`)
        if (tracker.allocations % lookEvery === 0) tracker.liveBytes()
    }
    board.runUntil(2_000)
    expect(tracker.highWaterUsedBytes).toBe(used)
    expect(tracker.highWaterLiveBytes).toBe(live)
}

test("what we count as used is what a walk finds, at every step", async () => {
    const { board } = await powerOn("live-objects", 16 * KIB)
    while (board.nowMs < 5_000 && board.step(5_000))
        expect(board.tracker.usedBytes).toBe(board.sample().usedBytes)
})

/** Every look of a run, beside one that remembers nothing. @returns how many there were */
async function lookAnew(name: string, options: Partial<RunOptions>): Promise<number> {
    let looks = 0
    let heap: HeapMemory | undefined
    let marker: HeapMarker
    await runProgram(name, {
        ...options,
        sampleMs: 1,
        onEvent: (event, { tracker }) => {
            if (event.kind !== "sample" || !tracker.heap) return
            if (heap !== tracker.heap) marker = new HeapMarker((heap = tracker.heap))
            const { usedBytes, freeBytes, largestFreeBytes } = heapStats(heap)
            const liveBytes = marker.mark(tracker.context())
            expect(event).toMatchObject({ usedBytes, freeBytes, largestFreeBytes, liveBytes })
            looks++
        },
    })
    return looks
}

const MADE_UP = {
    makeWorld: (seed: number) =>
        makeWorld({ mode: "made-up", seed, libraries: loadWorldLibraries() }),
}

test.each([
    ["live-timers", {}],
    ["live-fibers", {}],
    ["live-restarts", {}],
    ["thermostat-roles", MADE_UP],
    ["fetch-and-publish", MADE_UP],
] satisfies [string, Partial<RunOptions>][])(
    "%s: what is known of a heap on which nothing happened is what a new look finds",
    async (name, options) => {
        expect(await lookAnew(name, { ...options, forMs: 3_000 })).toBeGreaterThan(1_000)
    },
)
