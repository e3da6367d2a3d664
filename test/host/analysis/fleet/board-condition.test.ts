import fc from "fast-check"
import { expect, test } from "vitest"
import { BoardCondition, worstFirst } from "../../../../host/analysis/fleet/board-condition"
import { FleetBoard } from "../../../../host/analysis/fleet/fleet-board"
import { CONDITIONS, type WallBoard } from "../../../../host/documents/fleet/fleet-wall"
import type { MemoryEvent, SampleEvent } from "../../../../host/model/events"

const HEAP_BYTES = 65_536

function boardCalled(name: string) {
    const board = new FleetBoard({
        name,
        about: {
            program: { entry: "src/main.ts" },
            board: { id: "pico", chip: "rp2040", heapBytes: HEAP_BYTES },
            vm: { version: null },
        },
    })
    const condition = new BoardCondition(board)
    const tell = (event: MemoryEvent) => {
        board.add([event], { receivedMs: 1000 + event.atMs })
        condition.add(event, 1000 + event.atMs)
        return condition.toJson()
    }
    return { condition, tell }
}

function sample(atMs: number, liveBytes = 20_000, largestFreeBytes = 8000): SampleEvent {
    const usedBytes = liveBytes + 1000
    return {
        ...{ kind: "sample", atMs, usedBytes, liveBytes, freeBytes: HEAP_BYTES - usedBytes },
        ...{ largestFreeBytes, collections: 0, allocations: 0, allocatedBytes: 0 },
    }
}
const link = (phase: "open" | "closed"): MemoryEvent => ({
    ...{ kind: "link", atMs: 0, phase, message: "" },
})

test("a board is new, fine, full, without a large block, dead, new again and gone", () => {
    const { condition, tell } = boardCalled("till")
    expect(condition.toJson()).toMatchObject({ condition: "new", trail: [], deaths: 0 })
    expect(tell(sample(1000))).toMatchObject({
        ...{ condition: "fine", uptimeMs: 1000, lastMs: 2000, trail: [305] },
        heap: { limitBytes: HEAP_BYTES, liveBytes: 20_000, largestFreeBytes: 8000 },
    })
    expect(tell(sample(2000, 60_000)).condition).toBe("full")
    expect(tell(sample(3000, 50_000, 2000)).condition).toBe("holes")
    expect(tell({ kind: "panic", atMs: 3500, code: 60_004 })).toMatchObject({
        ...{ condition: "died", deaths: 1, starts: 1 },
    })
    expect(tell(sample(1000))).toMatchObject({ condition: "fine", deaths: 1, starts: 2 })
    const gone = tell(link("closed"))
    expect(gone).toMatchObject({ condition: "gone", lastMs: 2000 })
    expect(gone.heap).toBeUndefined()
    expect(gone.uptimeMs).toBeUndefined()
    expect(tell(sample(2000)).condition).toBe("fine")
})

test("what is drawn of a board is bounded", () => {
    const { tell } = boardCalled("till")
    let last: WallBoard | undefined
    for (let i = 0; i < 500; i++) last = tell(sample(i * 1000, 20_000 + i))
    expect(last!.trail).toHaveLength(60)
    expect(last!.trail.at(-1)).toBe(Math.round((1000 * 20_499) / HEAP_BYTES))
})

test("the worst comes first: by what it is, then by how full it is, then by name", () => {
    const boards = fc.array(
        fc.record({
            name: fc.constantFrom("a-1", "a-2", "a-10", "b"),
            board: fc.constant("pico"),
            condition: fc.constantFrom(...CONDITIONS),
            heap: fc.record({
                ...{ limitBytes: fc.constant(1000), usedBytes: fc.constant(1000) },
                ...{ liveBytes: fc.nat(1000), largestFreeBytes: fc.constant(0) },
            }),
            ...{ deaths: fc.nat(3), starts: fc.constant(1), missed: fc.constant(0) },
            trail: fc.constant<number[]>([]),
        }),
    )
    fc.assert(
        fc.property(boards, all => {
            const sorted = [...all].sort(worstFirst)
            for (const [i, next] of sorted.entries()) {
                const before = sorted[i - 1]
                if (!before) continue
                const [a, b] = [before, next].map(one => CONDITIONS.indexOf(one.condition))
                expect(a!).toBeLessThanOrEqual(b!)
                if (a === b) expect(before.heap.liveBytes).toBeGreaterThan(next.heap.liveBytes - 10)
            }
        }),
    )
    const alike = ["a-10", "a-2"].map(name => boardCalled(name).tell(sample(1000)))
    expect(alike.sort(worstFirst).map(({ name }) => name)).toEqual(["a-2", "a-10"])
})
