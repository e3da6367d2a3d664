import { expect, test } from "vitest"
import { run } from "../../host/simulator/run"
import { findHeadroom } from "../../host/tasks/check/headroom"
import { build, vm } from "./harness"

test("headroom is up to the smallest heap that a program lives on: 8 bytes less, and it dies", async () => {
    const program = await build("live-objects")
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    const options = { program, board, forMs: 1000 }
    const { smallestBytes, headroomBytes, deadHeapBytes } = (await findHeadroom(vm, options))!
    expect(headroomBytes).toBe(board.heapBytes - smallestBytes)
    const outcomeOn = async (heapBytes: number) =>
        (await run(vm, { ...options, board: { ...board, heapBytes } })).report.outcome.kind
    expect(await outcomeOn(smallestBytes)).not.toBe("panicked")
    expect(await outcomeOn(smallestBytes - 8)).toBe("panicked")
    for (const heapBytes of deadHeapBytes) expect(await outcomeOn(heapBytes)).toBe("panicked")
    const abort = AbortSignal.abort()
    expect(await findHeadroom(vm, { ...options, signal: abort })).toBeUndefined()
})

test("what dies on every heap has none", async () => {
    const program = await build("die-leak")
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    expect(await findHeadroom(vm, { program, board, forMs: 600_000 })).toBeUndefined()
})
