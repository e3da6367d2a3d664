import { checkIndex, checkInteger, failType, MAX_BUFFER_BYTES } from "./check"
import type { Stats } from "./stats"

// The array of variants as functions, for the reason that packed-list.ts gives: a class costs 240 bytes
// of heap before its first element, the 7 bytes of state in front of the records cost 7.

/** Set in the tag of a record whose payload is in the side table. */
const LARGE = 0x80

/**
 * An array of values that are each one of several variants, in nothing but one buffer: a
 * {@link TaggedUnionArray} without the class. A record is a tag byte and a payload as large as the
 * common variants need; the rare variant that needs more - a text, an object - keeps it in a side
 * table, an array of the caller's, and takes one byte here. Use it with the functions of this file;
 * none of them allocates, call frames apart. When it is full it refuses and counts.
 *
 * ```ts
 * const PENDING = 0, CANCELLED = 2
 * const orders = packedUnion(100, 2)
 * const reasons = new Array<string>(4)
 * const payload = unionPush(orders, PENDING)
 * if (payload !== undefined) writeField(orders, payload, U16, 25)
 * unionPushLarge(orders, reasons, CANCELLED, "the guest left")
 * ```
 *
 * By index, `orders[UNION_START + i * (1 + payloadBytes)]` is the tag of the record i, from
 * 128 on that of one in the side table.
 */
export type PackedUnion = Buffer & { readonly __type: "PackedUnion" }

/**
 * Where the records are. Before them stand the length, the high-water mark, the number of refused (2
 * bytes each, little-endian) and the bytes of a record (1 byte).
 */
export const UNION_START = 7

/**
 * Makes an array of variants.
 *
 * @param capacity The most records it can hold: at least 1, and all records at most 57,325 bytes.
 * @param payloadBytes The bytes that the common variants need beside the tag, 1 to 254.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function packedUnion(capacity: number, payloadBytes: number): PackedUnion {
    checkInteger("payloadBytes", payloadBytes, 1, 254)
    checkInteger(
        "capacity",
        capacity,
        1,
        Math.floor((MAX_BUFFER_BYTES - UNION_START) / (1 + payloadBytes)),
    )
    const union = Buffer.alloc(UNION_START + capacity * (1 + payloadBytes))
    union[6] = 1 + payloadBytes
    return union as PackedUnion
}

/** How many records it holds. @throws TypeError if it is no union, as all functions of this file do */
export function unionLength(union: PackedUnion): number {
    if (typeof union !== "object") failUnion(union)
    return (union[0] as number) | ((union[1] as number) << 8)
}

/** The most records it can hold. */
export function unionCapacity(union: PackedUnion): number {
    if (typeof union !== "object") failUnion(union)
    return (union.length - UNION_START) / (union[6] as number)
}

/**
 * Appends a record of a common variant.
 *
 * @param tag The variant, 0 to 127.
 * @returns Where in the buffer its payload starts, or undefined if there is no room. Write all its
 * fields: they may hold those of an earlier record.
 * @throws RangeError or TypeError if the tag is not from 0 to 127.
 */
export function unionPush(union: PackedUnion, tag: number): number | undefined {
    if (typeof union !== "object") failUnion(union)
    if ((tag & (LARGE - 1)) !== tag) checkInteger("tag", tag, 0, LARGE - 1)
    let length = (union[0] as number) | ((union[1] as number) << 8)
    const start = UNION_START + (union[6] as number) * length
    if (start === union.length) {
        refuse(union)
        return undefined
    }
    union[start] = tag
    length++
    union[0] = length & 0xff
    union[1] = length >> 8
    if (length > ((union[2] as number) | ((union[3] as number) << 8))) {
        union[2] = length & 0xff
        union[3] = length >> 8
    }
    return start + 1
}

/**
 * Appends a record of a rare variant; its value goes into the side table.
 *
 * @param side The side table, of at most 256 places: those with undefined are free.
 * @param tag The variant, 0 to 127.
 * @param value Anything but undefined.
 * @returns Whether there was room, in the array and in the side table.
 * @throws RangeError or TypeError if the tag is not from 0 to 127 or the value is undefined.
 */
export function unionPushLarge<T>(
    union: PackedUnion,
    side: (T | undefined)[],
    tag: number,
    value: T,
): boolean {
    if (typeof union !== "object") failUnion(union)
    checkInteger("tag", tag, 0, LARGE - 1)
    const slot = freeSlot(side, value)
    if (slot < 0) {
        refuse(union)
        return false
    }
    const start = unionPush(union, tag)
    if (start === undefined) return false
    union[start - 1] = tag | LARGE
    union[start] = slot
    side[slot] = value
    return true
}

/**
 * Where in the buffer a record starts: its tag, and behind it the payload.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function unionStart(union: PackedUnion, index: number): number {
    if (typeof union !== "object") failUnion(union)
    if (index >>> 0 !== index) checkIndex(index, unionLength(union))
    if (index >= ((union[0] as number) | ((union[1] as number) << 8)))
        checkIndex(index, unionLength(union))
    return UNION_START + (union[6] as number) * index
}

/**
 * The variant of a record, 0 to 127.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function unionTag(union: PackedUnion, index: number): number {
    return (union[unionStart(union, index)] as number) & ~LARGE
}

/**
 * Where in the buffer the payload of a record starts, or undefined if it is in the side table.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function unionPayload(union: PackedUnion, index: number): number | undefined {
    const start = unionStart(union, index)
    if ((union[start] as number) & LARGE) return undefined
    return start + 1
}

/**
 * The value that a record has in the side table, or undefined if it has none there.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function unionLarge<T>(
    union: PackedUnion,
    side: readonly (T | undefined)[],
    index: number,
): T | undefined {
    const start = unionStart(union, index)
    if (typeof side !== "object") failType("side", side, "an array")
    if ((union[start] as number) & LARGE) return side[union[start + 1] as number]
    return undefined
}

/**
 * Makes a record one of a common variant; what it had in the side table is let go of.
 *
 * @param tag The variant, 0 to 127.
 * @returns Where in the buffer its payload starts. Write all its fields.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function unionSet(union: PackedUnion, side: unknown[], index: number, tag: number): number {
    const start = unionStart(union, index)
    checkInteger("tag", tag, 0, LARGE - 1)
    letGo(union, start, side)
    union[start] = tag
    return start + 1
}

/** Takes the last record away and returns whether there was one. */
export function unionPop(union: PackedUnion, side: unknown[]): boolean {
    const last = unionLength(union) - 1
    if (last < 0) return false
    letGo(union, unionStart(union, last), side)
    union[0] = last & 0xff
    union[1] = last >> 8
    return true
}

/** Forgets all records and lets go of the side table's values; capacity and counters stay. */
export function unionClear(union: PackedUnion, side: unknown[]): void {
    while (unionPop(union, side));
}

/**
 * Its figures; `refused` stops at 65,535.
 *
 * @param into Filled and returned; without it a new object is made.
 */
export function unionStats(
    union: PackedUnion,
    into: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 },
): Stats {
    if (typeof union !== "object" || !(union.length > UNION_START)) failUnion(union)
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = unionCapacity(union)
    into.length = unionLength(union)
    into.highWaterMark = (union[2] as number) | ((union[3] as number) << 8)
    into.refused = (union[4] as number) | ((union[5] as number) << 8)
    return into
}

/** A place of the side table with nothing in it, or -1. */
function freeSlot(side: readonly unknown[], value: unknown): number {
    if (typeof side !== "object") failType("side", side, "an array")
    if (value === undefined) throw new TypeError("value must not be undefined")
    const places = Math.min(side.length, 256)
    for (let slot = 0; slot < places; slot++) if (side[slot] === undefined) return slot
    return -1
}

function letGo(union: PackedUnion, start: number, side: unknown[]): void {
    if (typeof side !== "object") failType("side", side, "an array")
    if ((union[start] as number) & LARGE) side[union[start + 1] as number] = undefined
}

/** Counts a record that found no room. */
function refuse(union: PackedUnion): void {
    const refused = ((union[4] as number) | ((union[5] as number) << 8)) + 1
    if (refused > 0xffff) return
    union[4] = refused & 0xff
    union[5] = refused >> 8
}

function failUnion(union: unknown): never {
    failType("union", union, "a PackedUnion")
}
