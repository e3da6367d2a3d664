import { UserError } from "../../base/errors"
import { capacityFor } from "../../model/heap/heap-memory"
import { ACTIVATION, ARRAY, MAP } from "../../model/heap/layout"
import { TAG_TYPE } from "../../model/heap/walk"
import type { PartialHeap } from "./heap-window"

/** Sizes of heap that firmwares are built with, in bytes. */
const BUILT_SIZES = [64 * 1024, 40 * 1024] as const
/** What the largest number of pins of a board that we know takes before any program, in bytes. */
const MOST_IDLE_BYTES = 7 * 1024
/** Room for a program's variables before its first objects: 500 of 8 bytes. */
const VARIABLES_BYTES = 4 * 1024
/** Where objects keep addresses of others, by the low nibble of their tag. */
const POINTERS: Readonly<Record<number, readonly number[]>> = {
    3: [ARRAY.data],
    4: [MAP.proto, MAP.data],
    8: [ACTIVATION.closure, ACTIVATION.caller],
    9: [MAP.data],
}

/** Bytes of usable heap that a board may have: what it is said to have, and what firmwares have. */
export function capacities(heapBytes: number): number[] {
    const sizes = new Set([heapBytes, ...BUILT_SIZES])
    return [...sizes].map(capacityFor)
}

/**
 * Works out where a heap starts, from its end: by the capacity with which the objects that are known
 * lie on it and the lowest of them near its start. A wrong start would have the next request crash the
 * board.
 * @param known addresses of objects
 * @param least bytes from the heap's start that no object can begin in
 * @param idleBytes what the board takes of its heap before any program, for its pins above all. Its runtime
 * makes the program's first objects right after that
 * @throws UserError when no capacity fits
 */
export function findHeapStart(
    end: number,
    known: readonly number[],
    least: number,
    candidates: readonly number[],
    idleBytes = MOST_IDLE_BYTES,
): number {
    const lowest = Math.min(...known)
    for (const capacity of candidates) {
        const start = end - capacity
        if (lowest >= start + least && lowest <= start + idleBytes + VARIABLES_BYTES) return start
    }
    throw new UserError(
        "E_HEAP_UNKNOWN",
        "It cannot be told for sure where the board's heap starts. Say which board it is with --board, and start the agent first thing in the program.",
    )
}

/** Addresses on the same heap that the objects from `from` to `end` keep. */
export function addressesKept(
    heap: PartialHeap,
    from: number,
    end: number,
    capacity: number,
): number[] {
    const found: number[] = []
    for (let at = from; at < end; at += (heap.word(at) & 0xffffff) * 4)
        for (const offset of POINTERS[(heap.word(at) >>> 24) & TAG_TYPE] ?? []) {
            const address = heap.word(at + offset)
            if (address % 4 === 0 && address > end - capacity && address < end) found.push(address)
        }
    return found
}
