import { checkFunction, checkInteger, failType, MAX_BUFFER_BYTES } from "./check"
import type { Stats } from "./stats"

// A pool whose use needs no call: `indexOf` of a buffer is built into the VM and makes no frame. Being
// the lowest that is free, a slot k is taken only while those below are: the highest ever taken tells
// how many were out at once.

/**
 * Which of a number of things are lent out: a byte for each, nothing but one buffer. The things are
 * places in a buffer, buffers or objects in an array, whatever has a number: a pool of them. Taking and
 * giving back by index makes no call, and so no frame on the board's heap:
 *
 * ```ts
 * const out = freeMap(3)
 * const at = out.indexOf(0, FREE_START) // the first that is free, or -1
 * if (at >= 0) {
 *     out[at] = 1
 *     // use the thing with the number at - FREE_START
 *     out[at] = 0
 * }
 * ```
 *
 * The functions of this file do the same with checks and counts; each call is a frame.
 */
export type FreeMap = Buffer & { readonly __type: "FreeMap" }

/**
 * Where the bytes of the slots are: 0 free, 1 taken. Before them stand the most ever taken at once and
 * the number of refused (2 bytes each, little-endian).
 */
export const FREE_START = 4

const MAX_SLOTS = MAX_BUFFER_BYTES - FREE_START

/**
 * Makes a map in which all slots are free.
 *
 * @param capacity How many slots there are, 1 to 57,328.
 * @throws RangeError or TypeError if it is outside its range.
 */
export function freeMap(capacity: number): FreeMap {
    // A check that calls only when it fails: a call is a frame.
    if (!((capacity - 1) >>> 0 < MAX_SLOTS)) checkInteger("capacity", capacity, 1, MAX_SLOTS)
    if (capacity >>> 0 !== capacity) checkInteger("capacity", capacity, 1, MAX_SLOTS)
    return Buffer.alloc(FREE_START + capacity) as FreeMap
}

/** How many slots there are. @throws TypeError if it is no map, as all functions of this file do */
export function freeCapacity(map: FreeMap): number {
    if (typeof map !== "object") failMap(map)
    return map.length - FREE_START
}

/** How many slots are taken. */
export function freeTaken(map: FreeMap): number {
    if (typeof map !== "object") failMap(map)
    let taken = 0
    for (let at = FREE_START; at < map.length; at++) taken += map[at] as number
    return taken
}

/**
 * Takes the lowest free slot.
 *
 * @param from The first slot that will do: where things of several sizes stand in order of size, the
 * first of the size that is needed.
 * @returns The slot, or undefined if none is free; then it counts as refused.
 * @throws RangeError or TypeError if `from` is not from 0 below the capacity.
 */
export function freeTake(map: FreeMap, from: number = 0): number | undefined {
    if (typeof map !== "object") failMap(map)
    if (from !== 0) checkInteger("from", from, 0, map.length - FREE_START - 1)
    const at = map.indexOf(0, FREE_START + from)
    if (at < 0) {
        from = ((map[2] as number) | ((map[3] as number) << 8)) + 1
        if (from > 0xffff) return undefined
        map[2] = from & 0xff
        map[3] = from >> 8
        return undefined
    }
    map[at] = 1
    from = at - FREE_START
    if (from < ((map[0] as number) | ((map[1] as number) << 8))) return from
    map[0] = (from + 1) & 0xff
    map[1] = (from + 1) >> 8
    return from
}

/**
 * Gives a slot back.
 *
 * @throws RangeError or TypeError if it is no slot or is not taken: it was given back before.
 */
export function freeGive(map: FreeMap, slot: number): void {
    if (typeof map !== "object") failMap(map)
    if (slot >>> 0 !== slot) checkInteger("slot", slot, 0, map.length - FREE_START - 1)
    if (slot >= map.length - FREE_START) checkInteger("slot", slot, 0, map.length - FREE_START - 1)
    if (map[FREE_START + slot] === 0)
        throw new RangeError("slot must be handed out, but was given back already")
    map[FREE_START + slot] = 0
}

/** Calls a function with the number of each slot that is taken. */
export function freeForEach(map: FreeMap, callback: (slot: number) => void): void {
    if (typeof map !== "object") failMap(map)
    checkFunction("callback", callback)
    for (let slot = 0; slot < map.length - FREE_START; slot++)
        if (map[FREE_START + slot] !== 0) callback(slot)
}

/** Gives all slots back; the counters stay. */
export function freeClear(map: FreeMap): void {
    if (typeof map !== "object") failMap(map)
    for (let at = FREE_START; at < map.length; at++) map[at] = 0
}

/**
 * The map's figures. What was taken by index is in `highWaterMark` as far as it is out now: ask while
 * much is out. `refused` stops at 65,535.
 *
 * @param into Filled and returned; without it a new object is made.
 */
export function freeStats(
    map: FreeMap,
    into: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 },
): Stats {
    if (typeof map !== "object" || !(map.length > FREE_START)) failMap(map)
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = map.length - FREE_START
    into.length = 0
    into.highWaterMark = (map[0] as number) | ((map[1] as number) << 8)
    for (let slot = 0; slot < into.capacity; slot++) {
        if (map[FREE_START + slot] === 0) continue
        into.length++
        if (slot >= into.highWaterMark) into.highWaterMark = slot + 1
    }
    map[0] = into.highWaterMark & 0xff
    map[1] = into.highWaterMark >> 8
    into.refused = (map[2] as number) | ((map[3] as number) << 8)
    return into
}

function failMap(map: unknown): never {
    failType("map", map, "a FreeMap")
}
