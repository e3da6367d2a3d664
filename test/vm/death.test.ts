import { describe, expect, test } from "vitest"
import type { Outcome } from "../../host/documents/sim-report"
import { ProgramError } from "../../host/base/errors"
import { serve, until } from "./link/rig"
import { runProgram } from "./harness"

const KIB = 1024

/** Program, heap, verdict, and the innermost frame's function and line. */
const DEATHS: [string, number, Outcome["verdict"], Outcome["panicName"], string, number][] = [
    ["die-leak", 64, "leak", "out-of-memory", "inline", 13],
    ["die-map", 64, "leak", "out-of-memory", "inline", 6],
    ["die-closures", 64, "leak", "out-of-memory", "subscribe", 7],
    ["die-strings", 40, "leak", "out-of-memory", "inline", 6],
    ["die-fragmented", 16, "fragmentation", "out-of-memory", "inline", 12],
    ["die-big", 64, "big-request", "out-of-memory", "inline", 5],
    ["die-big", 40, "big-request", "out-of-memory", "inline", 4],
    ["die-growth", 64, "growth", "out-of-memory", "main", 3],
    ["die-overflow", 64, "stack-overflow", "stack-overflow", "depth", 2],
    ["die-exception", 64, "unhandled-exception", "unhandled-exception", "check", 2],
    ["die-loop", 64, "endless-loop", "endless-loop", "inline", 5],
    ["die-hard", 64, "firmware-fault", "firmware-fault", "inline", 4],
]

test.each(DEATHS)("%s on %i KiB is a %s", async (name, kib, verdict, panicName, func, line) => {
    const { report } = await runProgram(name, { heapBytes: kib * KIB, forMs: 600_000 })
    const { outcome } = report
    expect(outcome).toMatchObject({ kind: "panicked", panicName, verdict })
    expect(outcome.stack?.[0]).toMatchObject({ function: func, line })
    expect(outcome.stack?.[0]?.file).toBe(`test/vm/programs/${name}.ts`)
    expect(outcome.atMs).toBe(report.simulated.ms)
    expect(outcome.message).toMatch(/\.$/)
})

test("a fault in the middle of a collection shows the heap that was being collected", async () => {
    const { report, blocks } = await runProgram("die-collecting")
    expect(report.outcome).toMatchObject({ kind: "panicked", panicName: "firmware-fault" })
    expect(blocks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(report.heap.capacityBytes)
    const { usedBytes, liveBytes, byType } = report.heap
    expect(liveBytes).toBeGreaterThan(100)
    expect(liveBytes).toBeLessThan(usedBytes)
    expect(byType.buffer!.blocks).toBeGreaterThan(3)
})

test.each([
    ["corrupt-length", 4, "by a heap that cannot be walked"],
    ["corrupt-length-once", 2, "before anything has come of it"],
    ["corrupt-length-trap", 4, "by the VM itself, which stops"],
])("%s is told the line that corrupts its heap (%i), found %s", async (name, line) => {
    const running = runProgram(name)
    await expect(running).rejects.toThrow(ProgramError)
    await expect(running).rejects.toThrow(
        new RegExp(
            `^the heap was corrupted after .* corrupts its heap by it: test/vm/programs/${name}\\.ts:${line}\\. Make a new array`,
        ),
    )
})

test("a served board whose program corrupts its heap resets and goes on", async () => {
    let starts = 0
    const board = await serve("corrupt-length", {
        onEvent: event => {
            if (event.kind === "log" && event.text.startsWith("* start:")) starts++
        },
    })
    await until(() => starts >= 2, 20_000)
    await board.close()
})

test("an unhandled exception tells its class and message", async () => {
    const { outcome } = (await runProgram("die-exception")).report
    expect(outcome.message).toContain("RangeError: value 4 is above 3")
})

test("running out of memory tells the request against the holes", async () => {
    const { outcome, heap } = (await runProgram("die-fragmented", { heapBytes: 16 * KIB })).report
    expect(outcome.requestedBytes).toBeGreaterThan(heap.largestFreeBytes)
    expect(outcome.requestedBytes).toBeLessThan(heap.freeBytes)
})

describe("no leak is seen in", () => {
    test.each(["live-sawtooth", "live-warm-up", "live-fibers", "live-objects", "live-timers"])(
        "%s",
        async name => {
            const { report } = await runProgram(name, { forMs: 300_000 })
            expect(report.outcome.kind).toBe("running")
            expect(report.trend.verdict).toBe("flat")
        },
    )
})

test("a heap too small for the program to start is the user's to mend", async () => {
    await expect(runProgram("live-objects", { heapBytes: 256 })).rejects.toThrow(
        /^a heap with 244 B for blocks is too small for this program to start.*Give it more with --heap\.$/,
    )
})

test("whatever the memory holds after a death is not taken for a corrupted heap", async () => {
    const outcomes = new Set<string>()
    for (let heapBytes = 2000; heapBytes < 2320; heapBytes += 16) {
        const { outcome } = (await runProgram("live-objects", { heapBytes, forMs: 400 })).report
        outcomes.add(outcome.panicName ?? outcome.kind)
    }
    expect([...outcomes]).toEqual(["out-of-memory"])
})
