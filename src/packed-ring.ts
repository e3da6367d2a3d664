import { checkIndex, checkInteger, failBits, failType, MAX_BUFFER_BYTES } from "./check"
import type { Stats } from "./stats"

// The queue as functions, for the reason that packed-list.ts gives: a class costs 240 bytes of heap
// before its first element, the 9 bytes of state in front of the elements cost 9.

/**
 * A queue of numbers of 1 to 4 bytes, or of records of up to 255, that is nothing but one buffer. Use
 * it with the functions of this file; none of them allocates, call frames apart. When it is full it
 * refuses and counts.
 *
 * {@link ringOverwrite} is for the last values of a series: a full ring then gives up its oldest.
 *
 * By index, where a call is too much: `ring[0] | (ring[1] << 8)` is the length, the same at 2 the
 * place of the oldest behind {@link RING_START}, at 4 the high-water mark, at 6 the refused.
 *
 * A record is written where {@link ringReserve} says and counts from {@link ringCommit} on:
 *
 * ```ts
 * const start = ringReserve(log)
 * if (start !== undefined) {
 *     writeField(log, start, CENTS, 1690)
 *     ringCommit(log)
 * }
 * ```
 */
export type PackedRing = Buffer & { readonly __type: "PackedRing" }

/**
 * Where the elements are. Before them stand the length, the place of the oldest, the high-water mark,
 * the number of refused (2 bytes each, little-endian) and the bytes of an element (1 byte).
 */
export const RING_START = 9

/**
 * Makes a ring.
 *
 * @param capacity The most elements it can hold: at least 1, and `capacity * elementBytes` at most
 * 57,323 bytes.
 * @param elementBytes The bytes of an element: 1 to 4 of a number, 1 to 255 of a record.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function packedRing(capacity: number, elementBytes: number): PackedRing {
    checkInteger("elementBytes", elementBytes, 1, 255)
    checkInteger(
        "capacity",
        capacity,
        1,
        Math.floor((MAX_BUFFER_BYTES - RING_START) / elementBytes),
    )
    const ring = Buffer.alloc(RING_START + capacity * elementBytes)
    ring[8] = elementBytes
    return ring as PackedRing
}

/** How many elements it holds. @throws TypeError if it is no ring, as all functions of this file do */
export function ringLength(ring: PackedRing): number {
    if (typeof ring !== "object") failRing(ring)
    return (ring[0] as number) | ((ring[1] as number) << 8)
}

/** The most elements it can hold. */
export function ringCapacity(ring: PackedRing): number {
    if (typeof ring !== "object") failRing(ring)
    return (ring.length - RING_START) / (ring[8] as number)
}

/**
 * Where in the ring's buffer an element is: 0 is the oldest.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function ringStart(ring: PackedRing, index: number): number {
    if (typeof ring !== "object") failRing(ring)
    if (index >>> 0 !== index) checkIndex(index, ringLength(ring))
    if (index >= ((ring[0] as number) | ((ring[1] as number) << 8)))
        checkIndex(index, ringLength(ring))
    index = RING_START + index * (ring[8] as number)
    index += (ring[2] as number) | ((ring[3] as number) << 8)
    if (index >= ring.length) index -= ring.length - RING_START
    return index
}

/**
 * The number at an index: 0 is the oldest. Of longer elements, their first 4 bytes.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function ringGet(ring: PackedRing, index: number): number {
    return numberAt(ring, ringStart(ring, index))
}

/**
 * Appends a number, if there is room.
 *
 * @returns Whether it was taken.
 * @throws RangeError or TypeError if the value does not fit in an element of 1 to 4 bytes.
 */
export function ringPush(ring: PackedRing, value: number): boolean {
    if (typeof ring !== "object") failRing(ring)
    const width = ring[8] as number
    if (width > 4) checkInteger("elementBytes", width, 1, 4)
    if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
    let length = (ring[0] as number) | ((ring[1] as number) << 8)
    let at = width * length
    if (at + RING_START === ring.length) return refuse(ring)
    at += RING_START + ((ring[2] as number) | ((ring[3] as number) << 8))
    if (at >= ring.length) at -= ring.length - RING_START
    ring[at] = value & 0xff
    if (width > 1) ring[at + 1] = value >> 8
    if (width > 2) ring[at + 2] = value >> 16
    if (width > 3) ring[at + 3] = value >> 24
    length++
    ring[0] = length & 0xff
    ring[1] = length >> 8
    if (length <= ((ring[4] as number) | ((ring[5] as number) << 8))) return true
    ring[4] = length & 0xff
    ring[5] = length >> 8
    return true
}

/**
 * Appends a number; if there is no room, over the oldest, which then counts as refused: the last
 * values of a series.
 *
 * @throws RangeError or TypeError if the value does not fit in an element of 1 to 4 bytes.
 */
export function ringOverwrite(ring: PackedRing, value: number): void {
    if (typeof ring !== "object") failRing(ring)
    const width = ring[8] as number
    if (width > 4) checkInteger("elementBytes", width, 1, 4)
    if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
    // One variable for two numbers: each is 8 bytes of the call's frame.
    let next = (ring[2] as number) | ((ring[3] as number) << 8)
    let at = RING_START + next + width * ((ring[0] as number) | ((ring[1] as number) << 8))
    // A full ring's next place is that of its oldest.
    if (at >= ring.length) at -= ring.length - RING_START
    ring[at] = value & 0xff
    if (width > 1) ring[at + 1] = value >> 8
    if (width > 2) ring[at + 2] = value >> 16
    if (width > 3) ring[at + 3] = value >> 24
    if (width * ((ring[0] as number) | ((ring[1] as number) << 8)) + RING_START === ring.length) {
        next += width
        if (next + RING_START === ring.length) next = 0
        ring[2] = next & 0xff
        ring[3] = next >> 8
        next = ((ring[6] as number) | ((ring[7] as number) << 8)) + 1
        if (next > 0xffff) return
        ring[6] = next & 0xff
        ring[7] = next >> 8
        return
    }
    next = ((ring[0] as number) | ((ring[1] as number) << 8)) + 1
    ring[0] = next & 0xff
    ring[1] = next >> 8
    if (next <= ((ring[4] as number) | ((ring[5] as number) << 8))) return
    ring[4] = next & 0xff
    ring[5] = next >> 8
}

/**
 * Where the next element goes: a record is written there, and {@link ringCommit} makes it one.
 *
 * @returns Where in the ring's buffer it starts, or undefined if there is no room; then it counts as
 * refused.
 */
export function ringReserve(ring: PackedRing): number | undefined {
    if (typeof ring !== "object") failRing(ring)
    let at = (ring[8] as number) * ((ring[0] as number) | ((ring[1] as number) << 8))
    if (at + RING_START === ring.length) {
        refuse(ring)
        return undefined
    }
    at += RING_START + ((ring[2] as number) | ((ring[3] as number) << 8))
    return at < ring.length ? at : at - ring.length + RING_START
}

/** Counts the element that was written where {@link ringReserve} said. @returns whether there was room */
export function ringCommit(ring: PackedRing): boolean {
    if (typeof ring !== "object") failRing(ring)
    let length = (ring[0] as number) | ((ring[1] as number) << 8)
    if ((ring[8] as number) * length + RING_START === ring.length) return refuse(ring)
    length++
    ring[0] = length & 0xff
    ring[1] = length >> 8
    if (length > ((ring[4] as number) | ((ring[5] as number) << 8))) {
        ring[4] = length & 0xff
        ring[5] = length >> 8
    }
    return true
}

/** Where the oldest element is, or undefined if there is none. */
export function ringPeek(ring: PackedRing): number | undefined {
    if (typeof ring !== "object") failRing(ring)
    if (((ring[0] as number) | (ring[1] as number)) === 0) return undefined
    return RING_START + ((ring[2] as number) | ((ring[3] as number) << 8))
}

/** Removes and returns the oldest number, or returns undefined if there is none. */
export function ringShift(ring: PackedRing): number | undefined {
    if (typeof ring !== "object") failRing(ring)
    // One variable for three numbers: each is 8 bytes of the call's frame.
    let next = ((ring[0] as number) | ((ring[1] as number) << 8)) - 1
    if (next < 0) return undefined
    ring[0] = next & 0xff
    ring[1] = next >> 8
    const width = ring[8] as number
    const at = RING_START + ((ring[2] as number) | ((ring[3] as number) << 8))
    next = at + width - RING_START
    if (at + width === ring.length) next = 0
    ring[2] = next & 0xff
    ring[3] = next >> 8
    let value = 0
    for (next = at + width; next > at;) {
        next--
        value = (value << 8) | (ring[next] as number)
    }
    return value >>> 0
}

/** Takes the oldest element away and returns whether there was one. Read a record before. */
export function ringDrop(ring: PackedRing): boolean {
    if (typeof ring !== "object") failRing(ring)
    const length = ((ring[0] as number) | ((ring[1] as number) << 8)) - 1
    if (length < 0) return false
    let head = ((ring[2] as number) | ((ring[3] as number) << 8)) + (ring[8] as number)
    if (head + RING_START === ring.length) head = 0
    ring[2] = head & 0xff
    ring[3] = head >> 8
    ring[0] = length & 0xff
    ring[1] = length >> 8
    return true
}

/** Forgets all elements; capacity and counters stay. */
export function ringClear(ring: PackedRing): void {
    if (typeof ring !== "object") failRing(ring)
    for (let i = 0; i < 4; i++) ring[i] = 0
}

/**
 * The ring's figures; `refused` stops at 65,535.
 *
 * @param into Filled and returned; without it a new object is made.
 */
export function ringStats(
    ring: PackedRing,
    into: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 },
): Stats {
    if (typeof ring !== "object" || !(ring.length > RING_START)) failRing(ring)
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = ringCapacity(ring)
    into.length = ringLength(ring)
    into.highWaterMark = (ring[4] as number) | ((ring[5] as number) << 8)
    into.refused = (ring[6] as number) | ((ring[7] as number) << 8)
    return into
}

function numberAt(ring: PackedRing, at: number): number {
    const width = ring[8] as number
    let value = ring[at] as number
    if (width > 1) value |= (ring[at + 1] as number) << 8
    if (width > 2) value |= (ring[at + 2] as number) << 16
    if (width > 3) value |= (ring[at + 3] as number) << 24
    return value >>> 0
}

/** Counts an element that found no room. */
function refuse(ring: PackedRing): false {
    const refused = ((ring[6] as number) | ((ring[7] as number) << 8)) + 1
    if (refused <= 0xffff) {
        ring[6] = refused & 0xff
        ring[7] = refused >> 8
    }
    return false
}

function failRing(ring: unknown): never {
    failType("ring", ring, "a PackedRing")
}
