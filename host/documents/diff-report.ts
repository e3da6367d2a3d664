import type { Snapshot } from "./snapshot"

/** The difference of two snapshots, what `heapscope diff --json` prints. Pairs are before and after. */
export const DIFF_SCHEMA = "heapscope/diff@1"

export interface DiffReport {
    schema: typeof DIFF_SCHEMA
    a: DiffSide
    b: DiffSide
    /**
     * Both are of the same program on the same board with the same seed, which makes the same run: then
     * objects are told apart by their place and allocation, else by their path and class.
     */
    sameRun: boolean
    /** Bytes. All but `liveBytes` only of two exact heaps. */
    heap: { liveBytes: [number, number] } & Partial<
        Record<"usedBytes" | "garbageBytes" | "freeBytes" | "largestFreeBytes", [number, number]>
    >
    /** Objects that are only in the second, only in the first, or in both. */
    objects: {
        new: ObjectCount
        gone: ObjectCount
        kept: { objects: number; bytes: [number, number] }
    }
    /** Objects in both that keep more than before, the most first; without those that only hold one of them. */
    grown: GrownObject[]
    /** By class, largest change first; without those that are the same. */
    byClass: ChangedGroup[]
    /** By how they are held and by class, largest change first; without those that are the same. */
    byPath: (ChangedGroup & { path: string })[]
}

export type DiffSide = Pick<Snapshot, "program" | "board" | "seed" | "taken">

export interface ObjectCount {
    objects: number
    bytes: number
}

export interface GrownObject {
    path: string
    class: string
    /** Elements, entries, characters or bytes in it. */
    length?: [number, number]
    bytes: [number, number]
    retainedBytes: [number, number]
    /** The line that last made it grow. */
    grownAt?: Snapshot["places"][number]
}

export interface ChangedGroup {
    class: string
    objects: [number, number]
    bytes: [number, number]
    retainedBytes: [number, number]
    /** Objects only in the second, and only in the first. */
    new: number
    gone: number
}

/** By how much a pair changed. */
export function change([before, after]: readonly [number, number]): number {
    return after - before
}
