import { objectBytes } from "../../model/heap/object-sizes"

/**
 * What the library's structures cost, in bytes. The frames are those of one use, of the functions it
 * calls in turn, too. A test holds every number against what the VM allocates.
 */
export const STRUCTURES = {
    ObjectPool: { fields: 6, methods: 3, frames: { acquire: 40, release: 72 } },
    BlockPool: { fields: 11, methods: 3, frames: { allocate: 88, release: 72 } },
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
    Interner: { fields: 8, methods: 4, frames: {} },
    TaggedUnionArray: { fields: 6, methods: 5, frames: {} },
} as const

/** Frames of the constructor's checks of its arguments. */
const CHECKS_BYTES = 128

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

/** Frames of taking something from a pool and giving it back. */
export const POOL_USE_BYTES =
    STRUCTURES.ObjectPool.frames.acquire + STRUCTURES.ObjectPool.frames.release
/** Frames of taking a block and giving it back. */
export const BLOCK_USE_BYTES =
    STRUCTURES.BlockPool.frames.allocate + STRUCTURES.BlockPool.frames.release

const cache = STRUCTURES.ResultCache.frames
/** Frames of finding a result, and those of keeping one that was not found. */
export const CACHE_HIT_BYTES = cache.getOrCompute + cache.checkFunction + cache.get + cache.find
export const CACHE_MISS_BYTES = cache.set + cache.find

const builder = STRUCTURES.StringBuilder.frames
/** Frames of appending a text that is not padded, and those of starting a text and finishing it. */
export const APPEND_BYTES = builder.text + builder.textBytes + builder.writeText
export const BUILD_BYTES = builder.clear + builder.build + builder.copyBytes
