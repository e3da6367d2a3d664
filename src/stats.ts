import { failType } from "./check"

// A structure's figures are `readonly`, so that nobody spoils them; its own methods set them by
// `(this as Stats).length = ...`.

/** What a bounded structure tells about itself: elements, not bytes. */
export interface Stats {
    /** The most elements it can hold. */
    capacity: number
    /** The elements it holds now. */
    length: number
    /** The most elements it ever held; clearing does not lower it. */
    highWaterMark: number
    /** How many elements it turned away because it was full. */
    refused: number
}

/** The figures of a structure that overwrites its oldest element when it is full. */
export interface OverwritingStats {
    /** The most elements it can hold. */
    capacity: number
    /** The elements it holds now. */
    length: number
    /** The most elements it ever held. */
    highWaterMark: number
    /** How many elements gave way to newer ones. */
    overwritten: number
}

/**
 * Copies the figures of a structure into an object of the caller's.
 *
 * @param into Filled and returned; without it a new object is made, the only allocation here.
 */
export function copyStats(from: Readonly<Stats>, into?: Stats): Stats {
    if (typeof from !== "object") failType("from", from, "an object")
    if (into === undefined) into = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = from.capacity
    into.length = from.length
    into.highWaterMark = from.highWaterMark
    into.refused = from.refused
    return into
}

/** The same for a structure that overwrites. */
export function copyOverwritingStats(
    from: Readonly<OverwritingStats>,
    into?: OverwritingStats,
): OverwritingStats {
    if (typeof from !== "object") failType("from", from, "an object")
    if (into === undefined) into = { capacity: 0, length: 0, highWaterMark: 0, overwritten: 0 }
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = from.capacity
    into.length = from.length
    into.highWaterMark = from.highWaterMark
    into.overwritten = from.overwritten
    return into
}
