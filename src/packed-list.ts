import { writeField } from "./byte-fields"
import {
    checkFunction,
    checkIndex,
    checkInteger,
    failBits,
    failType,
    MAX_BUFFER_BYTES,
} from "./check"
import type { Stats } from "./stats"

// The prototype of a class takes 136 bytes of the heap with up to three methods that the program
// uses, and some 16 more for each further one, before its first instance takes 96 to 128. Functions
// take none. So this is `PackedArray` as functions, with its state in the buffer itself.

/**
 * A list of unsigned integers of 1 to 4 bytes each that is nothing but one buffer: 1,000 orders of
 * 3 bytes take 3,020 bytes of a board's heap altogether. Use it with the functions of this file;
 * none of them allocates, call frames apart. When it is full `listPush` refuses and counts.
 *
 * `readField(list, LIST_START + 3 * index, U24)` reads a value of 3 bytes unchecked and faster.
 */
export type PackedList = Buffer & { readonly __type: "PackedList" }

/**
 * Where the values start. Before them stand the length, the high-water mark, the number of refused
 * values (2 bytes each, little-endian) and the bytes of a value (1 byte).
 */
export const LIST_START = 7

/**
 * Makes a list.
 *
 * @param capacity The most values it can hold: at least 1, and `capacity * elementBytes` at most
 * 57,325 bytes.
 * @param elementBytes The bytes of a value, 1 to 4: 3 holds 0 to 16,777,215.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function packedList(capacity: number, elementBytes: number): PackedList {
    checkInteger("elementBytes", elementBytes, 1, 4)
    checkInteger(
        "capacity",
        capacity,
        1,
        Math.floor((MAX_BUFFER_BYTES - LIST_START) / elementBytes),
    )
    const list = Buffer.alloc(LIST_START + capacity * elementBytes)
    list[6] = elementBytes
    return list as PackedList
}

/**
 * How many values the list holds.
 *
 * @throws TypeError if it is no list, as all functions of this file do.
 */
export function listLength(list: PackedList): number {
    if (typeof list !== "object") failList(list)
    return (list[0] as number) | ((list[1] as number) << 8)
}

/** The most values the list can hold. */
export function listCapacity(list: PackedList): number {
    if (typeof list !== "object") failList(list)
    return (list.length - LIST_START) / (list[6] as number)
}

/** How many more values the list takes before it refuses. */
export function listAvailable(list: PackedList): number {
    return listCapacity(list) - listLength(list)
}

/**
 * The value at an index.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function listGet(list: PackedList, index: number): number {
    if (typeof list !== "object") failList(list)
    if (index >>> 0 !== index) checkIndex(index, listLength(list))
    if (index >= ((list[0] as number) | ((list[1] as number) << 8)))
        checkIndex(index, listLength(list))
    const width = list[6] as number
    index = LIST_START + width * index
    let value = list[index] as number
    if (width > 1) value |= (list[index + 1] as number) << 8
    if (width > 2) value |= (list[index + 2] as number) << 16
    if (width > 3) value = (value | ((list[index + 3] as number) << 24)) >>> 0
    return value
}

/**
 * Replaces the value at an index.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length or the value does not
 * fit in its bytes.
 */
export function listSet(list: PackedList, index: number, value: number): void {
    if (typeof list !== "object") failList(list)
    if (index >>> 0 !== index) checkIndex(index, listLength(list))
    if (index >= ((list[0] as number) | ((list[1] as number) << 8)))
        checkIndex(index, listLength(list))
    const width = list[6] as number
    writeField(list, LIST_START + width * index, width, value)
}

/**
 * Appends a value, if there is room.
 *
 * @returns Whether it was taken.
 * @throws RangeError or TypeError if the value does not fit in its bytes.
 */
export function listPush(list: PackedList, value: number): boolean {
    if (typeof list !== "object") failList(list)
    const width = list[6] as number
    if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
    let length = (list[0] as number) | ((list[1] as number) << 8)
    const at = LIST_START + width * length
    if (at === list.length) {
        refuse(list)
        return false
    }
    // A byte keeps the low 8 bits of what is stored.
    list[at] = value & 0xff
    if (width > 1) list[at + 1] = value >> 8
    if (width > 2) list[at + 2] = value >> 16
    if (width > 3) list[at + 3] = value >> 24
    length++
    list[0] = length
    list[1] = length >> 8
    if (length > ((list[2] as number) | ((list[3] as number) << 8))) {
        list[2] = length
        list[3] = length >> 8
    }
    return true
}

/** Removes and returns the last value, or returns undefined if there is none. */
export function listPop(list: PackedList): number | undefined {
    const last = listLength(list) - 1
    if (last < 0) return undefined
    const value = listGet(list, last)
    shorten(list, last)
    return value
}

/**
 * Removes and returns the value at an index; the last value takes its place, so that nothing else
 * moves.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function listSwapRemove(list: PackedList, index: number): number {
    const value = listGet(list, index)
    const last = listLength(list) - 1
    listSet(list, index, listGet(list, last))
    shorten(list, last)
    return value
}

/** The last value, left where it is, or undefined if there is none. */
export function listNewest(list: PackedList): number | undefined {
    const last = listLength(list) - 1
    if (last < 0) return undefined
    return listGet(list, last)
}

/** Calls a function with each value and its index. */
export function listForEach(
    list: PackedList,
    callback: (value: number, index: number) => void,
): void {
    checkFunction("callback", callback)
    for (let index = 0; index < listLength(list); index++) callback(listGet(list, index), index)
}

/** Forgets all values; capacity and counters stay. */
export function listClear(list: PackedList): void {
    if (typeof list !== "object") failList(list)
    shorten(list, 0)
}

/**
 * The list's figures; `refused` stops at 65,535.
 *
 * @param into Filled and returned; without it a new object is made.
 */
export function listStats(
    list: PackedList,
    into: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 },
): Stats {
    if (typeof list !== "object" || !(list.length > LIST_START)) failList(list)
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = listCapacity(list)
    into.length = listLength(list)
    into.highWaterMark = (list[2] as number) | ((list[3] as number) << 8)
    into.refused = (list[4] as number) | ((list[5] as number) << 8)
    return into
}

function failList(list: unknown): never {
    failType("list", list, "a PackedList")
}

function shorten(list: PackedList, length: number): void {
    list[0] = length & 0xff
    list[1] = length >> 8
}

/** Counts a value that found no room. */
function refuse(list: PackedList): void {
    const refused = ((list[4] as number) | ((list[5] as number) << 8)) + 1
    if (refused > 0xffff) return
    list[4] = refused & 0xff
    list[5] = refused >> 8
}
