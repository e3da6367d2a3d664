import { FleetBoard, type BoardReading } from "../../../../host/analysis/fleet/fleet-board"
import type { MemoryEvent } from "../../../../host/model/events"

export const about = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "2.16.4" },
}

export function sample(atMs: number): MemoryEvent {
    return {
        ...{ kind: "sample", atMs, usedBytes: 3_000, liveBytes: 2_000, freeBytes: 5_000 },
        ...{ largestFreeBytes: 4_000, collections: 2, allocations: 9, allocatedBytes: 700 },
    }
}

/** Readings of a board, one a second. */
export function readingsOf(name: string, count: number): BoardReading[] {
    const board = new FleetBoard({ name, about })
    board.add([{ kind: "program", atMs: 0, sha256: "ab".repeat(32) }], { receivedMs: 0 })
    return Array.from({ length: count }, (_, sequence) => {
        const told = { sequence, receivedMs: 1_700_000_000_000 + sequence * 1000 }
        const structures = {
            ...{ kind: "structures" as const, atMs: sequence * 1000 },
            structures: [{ name: "orders", length: 3, capacity: 12, highWaterMark: 5, refused: 0 }],
        }
        return board.add([sample(sequence * 1000), structures], told)!
    })
}
