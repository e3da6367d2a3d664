import { expect, test } from "vitest"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { build, vm } from "./harness"

const HEAP_BYTES = 65_536
/** Places in a bytecode that can be told apart. */
const PLACES = 0x10000

/** What it says of each place, asked one by one. */
function placesByAsking({ work }: SimulatedBoard): number[] {
    return Array.from({ length: PLACES - 1 }, (_, i) => i + 1).filter(pc => work.hasRun(pc))
}

test("finds every place that ran, of a longer program put on later, and going on from a keyframe", async () => {
    const [short, long] = [await build("class-less"), await build("devs/station/main.ts")]
    expect(long.bytecode.length).toBeGreaterThan(short.bytecode.length)
    const options = { heapBytes: HEAP_BYTES, seed: 1 }
    const board = new SimulatedBoard(vm, options)
    board.load(short.bytecode)
    board.runUntil(1_000)
    const first = placesByAsking(board)
    expect(first.length).toBeGreaterThan(0)
    expect(board.work.save().ran).toEqual(first)

    board.load(long.bytecode)
    for (let i = 0; i < 10_000 && board.nowMs < 10_000; i++) board.step(10_000)
    const both = placesByAsking(board)
    expect(both.at(-1)).toBeGreaterThan(short.bytecode.length)
    expect(board.work.save().ran).toEqual(both)

    const later = new SimulatedBoard(vm, { ...options, from: board.keyframe() })
    later.runUntil(20_000)
    const ran = later.work.save().ran
    expect([...new Set(ran)].sort((a, b) => a - b)).toEqual(placesByAsking(later))
})
