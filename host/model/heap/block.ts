/**
 * The kinds of block on the DeviceScript heap, by the low nibble of a block's tag
 * (`DEVS_GC_TAG_*` in the VM's `devs_objects.h`).
 */
export const BLOCK_TYPES = [
    "null",
    "free",
    "bytes",
    "array",
    "map",
    "buffer",
    "string",
    "bound-function",
    "activation",
    "half-static-map",
    "short-map",
    "packet",
    "string-jmp",
    "image",
] as const

/** Name of a kind of block. `bytes` is the storage of an array or a map, a fiber, or the globals. */
export type BlockType = (typeof BLOCK_TYPES)[number]

/** One block of the heap, as the walker meets it. */
export interface HeapBlock {
    /** Address of the header word in the VM's linear memory. */
    address: number
    /** Whole size in bytes, the 4-byte header included. */
    bytes: number
    type: BlockType
    /** The VM holds it by itself: it stays alive without a root. */
    pinned: boolean
    /** Reachable from the roots; undefined when nobody marked. Free blocks are never live. */
    live?: boolean
}
