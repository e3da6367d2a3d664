import { ModelHeap } from "../trend/model-heap"
import { collectedFragmentation } from "../../model/heap/stats"

/** The allocations of a run, in order. */
export interface AllocationRecord {
    count: number
    /** Of each: its bytes, header included. */
    bytes: ArrayLike<number>
    /** The leaf of the profile's tree that it is charged to. */
    leaves: ArrayLike<number>
    /** How many allocations there had been when nothing held it any more, about; `STILL_LIVE` for what is. */
    gone: ArrayLike<number>
    /** Which of them was the first that the program itself made. */
    begins: number
    /** Nothing is missing at its end, and the program was started once. */
    isWhole: boolean
}

/** What is live when the run is over. */
export const STILL_LIVE = 0xffff_ffff

/** What a change leaves of what some leaves allocated. */
export interface Replacement {
    leaves: ReadonlySet<number>
    /** One block of so many bytes that stays, made when the program begins. */
    keptBytes: number
    /** So much is allocated in place of all others, as a share of them: more than 1 for what takes more. */
    share: number
}

/** What a heap went through. */
export interface Replayed {
    allocations: number
    collections: number
    /** Of holes behind what was allocated, which the VM fills each time. */
    filledBytes: number
    /** Of what is live at the end, as a collection leaves it. */
    fragmentation: number
}

/**
 * Allocates what a run did once more, on a model of its heap, with some of it replaced.
 * @param uncountedBytes for collections to come later by so much: on them depends what is cut in two
 */
export function replay(
    record: AllocationRecord,
    capacityBytes: number,
    replacements: readonly Replacement[] = [],
    uncountedBytes = 0,
): Replayed {
    const { count, bytes, leaves, gone } = record
    const hole = { address: 0, bytes: capacityBytes, live: false, isFree: true }
    // The VM begins to count behind the first block.
    const heap = new ModelHeap([hole], capacityBytes, -(bytes[0] ?? 0) - uncountedBytes)
    const byLeaf = new Map<number, Replacement & { owed: number }>()
    for (const one of replacements) {
        const state = { ...one, owed: 0 }
        for (const leaf of one.leaves) byLeaf.set(leaf, state)
    }
    // By number of allocations so far: what is let go then.
    const blocks: ReturnType<ModelHeap["allocate"]>[] = []
    const first = new Int32Array(count + 1).fill(-1)
    const next = new Int32Array(count).fill(-1)
    const allocate = (size: number) => {
        allocations++
        return heap.allocate(size)
    }
    const letGo = (at: number) => {
        for (let one = first[at]!; one >= 0; one = next[one]!) {
            heap.drop(blocks[one])
            blocks[one] = undefined
        }
    }
    let allocations = 0
    for (let i = 0; i < count; i++) {
        letGo(i)
        if (i === record.begins)
            for (const { keptBytes } of replacements) if (keptBytes > 0) allocate(keptBytes)
        const replaced = byLeaf.get(leaves[i]!)
        if (replaced) {
            replaced.owed += replaced.share
            if (replaced.owed < 1) continue
            // More than there were: what comes on top is garbage at once.
            for (replaced.owed--; replaced.owed >= 1; replaced.owed--) {
                heap.drop(allocate(bytes[i]!))
            }
        }
        blocks[i] = allocate(bytes[i]!)
        const end = gone[i]!
        if (end > count) continue
        next[i] = first[end]!
        first[end] = i
    }
    letGo(count)
    return {
        allocations,
        collections: heap.collections,
        filledBytes: heap.filledBytes,
        fragmentation: collectedFragmentation(heap.blocks()),
    }
}
