/**
 * What things take on the VM's heap, in bytes, block headers included: the layouts of `devs_objects.h`
 * and the way its containers grow.
 */

/** No single block can be larger (`DEVS_MAX_ALLOC` in the VM's `devs_objects.h`). Bytes. */
export const MAX_BLOCK_BYTES = 0xe000

/** A block of this many bytes: a multiple of 4, 8 at least. */
export function blockBytes(bytes: number): number {
    return Math.max(8, Math.ceil(bytes / 4) * 4)
}

/** The storage of an array with room for this many elements. */
export function elementsBytes(room: number): number {
    return room === 0 ? 0 : blockBytes(4 + 8 * room)
}

/** An array made with room for this many elements. */
export function arrayBytes(room: number): number {
    return ARRAY_BYTES + elementsBytes(room)
}

/** An array without its storage. */
export const ARRAY_BYTES = 16

/** From this length on a text has a table of where its characters are (`DEVS_MAX_ASCII_STRING`). */
const LONG_TEXT = 50
/** Every so many characters have an entry of 2 B in that table. */
const CHARACTERS_A_JUMP = 16

/** A text of so many bytes, all of them characters; one of none is in flash. */
export function textBytes(length: number): number {
    if (length === 0) return 0
    const jumps = length < LONG_TEXT ? 0 : Math.floor(length / CHARACTERS_A_JUMP)
    return blockBytes(8 + 2 * jumps + length + 1)
}

export function bufferBytes(length: number): number {
    return blockBytes(12 + length)
}

/** The rooms an array goes through, an element at a time from nothing, until one holds this many. */
export function arrayRooms(length: number): number[] {
    return rooms(length, nextArrayRoom)
}

/** The rooms of an object's or a dictionary's entries, one after another, until one holds this many. */
export function entryRooms(count: number): number[] {
    return rooms(count, nextMapRoom)
}

/** The room of an array after one that is full (`array_ensure_len` in the VM's `objects.c`). */
export function nextArrayRoom(room: number): number {
    return Math.max(4, Math.floor(((room + 1) * 10) / 8))
}

/** The same of an object's or a dictionary's entries. */
export function nextMapRoom(room: number): number {
    return Math.max(4, Math.floor((room * 10) / 8))
}

/** The storage of an object or a dictionary with room for this many entries. */
export function entriesBytes(room: number): number {
    return room === 0 ? 0 : 4 + 16 * room
}

/** An object that got this many fields one after another: what it takes, and what making it allocated. */
export function objectBytes(fields: number): { live: number; churn: number } {
    const storages = entryRooms(fields).map(entriesBytes)
    const all = storages.reduce((sum, bytes) => sum + bytes, 0)
    return { live: OBJECT_BYTES + (storages.at(-1) ?? 0), churn: OBJECT_BYTES + all }
}

const OBJECT_BYTES = 16

function rooms(length: number, next: (room: number) => number): number[] {
    const all: number[] = []
    for (let room = 4; length > 0; room = next(room)) {
        all.push(room)
        if (room >= length) break
    }
    return all
}
