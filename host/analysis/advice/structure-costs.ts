import { arrayBytes, bufferBytes, objectBytes } from "../../model/heap/object-sizes"

/**
 * What the library's classes cost, in bytes. The frames are those of one use, of the functions it
 * calls in turn, too. A test holds every number against what the VM allocates.
 */
export const STRUCTURES = {
    ResultCache: {
        ...{ fields: 9, methods: 6 },
        frames: { getOrCompute: 64, checkFunction: 40, get: 48, find: 72, set: 56 },
    },
    StringBuilder: {
        ...{ fields: 5, methods: 8 },
        frames: {
            ...{ text: 80, textBytes: 40, place: 96, writeText: 64 },
            ...{ clear: 32, build: 48, copyBytes: 72 },
        },
    },
    RingBuffer: { fields: 6, methods: 2, frames: { push: 64, shift: 56 } },
    RecordRing: { fields: 6, methods: 3, frames: { push: 48, peek: 32 } },
    BitSet: { fields: 4, methods: 2, frames: { has: 40 } },
} as const

/** Frames of the constructor's checks of its arguments. */
const CHECKS_BYTES = 128

/** The same of forms without a class. */
export const SYMBOL_TABLE_BYTES = { symbolIntern: 72, textBytes: 40 } as const

/** What one structure takes, and what making it allocates: its object and its class, no contents. */
export function structureBytes(name: keyof typeof STRUCTURES): { live: number; churn: number } {
    const { fields, methods } = STRUCTURES[name]
    const object = objectBytes(fields)
    const prototype = objectBytes(methods)
    return {
        live: object.live + prototype.live,
        churn: object.churn + prototype.churn + CHECKS_BYTES,
    }
}

/** What stands in front of the elements of the forms without a class, in bytes, and in places for the texts. */
const HEADERS = { FreeMap: 4, PackedUnion: 7, SymbolTable: 4 } as const

/** A FreeMap for so many places, and the list of what is in them. */
export function freeMapBytes(places: number): number {
    return bufferBytes(HEADERS.FreeMap + places) + arrayBytes(places)
}

/** A SymbolTable for so many texts, without the texts. */
export function symbolTableBytes(texts: number): number {
    return arrayBytes(HEADERS.SymbolTable + texts)
}

/** A PackedUnion for so many records of a payload. */
export function packedUnionBytes(records: number, payload: number): number {
    return bufferBytes(HEADERS.PackedUnion + records * (1 + payload))
}

/** Frames of each call of these. */
export const RING_BYTES = STRUCTURES.RingBuffer.frames
/** `peek` and `shift` take alike. */
export const RECORD_RING_BYTES = {
    push: STRUCTURES.RecordRing.frames.push,
    shift: STRUCTURES.RecordRing.frames.peek,
}
export const BIT_SET_BYTES = STRUCTURES.BitSet.frames

const cache = STRUCTURES.ResultCache.frames
/** Frames of finding a result, and those of keeping one that was not found. */
export const CACHE_HIT_BYTES = cache.getOrCompute + cache.checkFunction + cache.get + cache.find
export const CACHE_MISS_BYTES = cache.set + cache.find

const builder = STRUCTURES.StringBuilder.frames
/** Frames of appending a text that is not padded, and those of starting a text and finishing it. */
export const APPEND_BYTES = builder.text + builder.textBytes + builder.writeText
export const BUILD_BYTES = builder.clear + builder.build + builder.copyBytes
