import { BLOCK_TYPES, type BlockType, type HeapBlock } from "./block"
import { checkBounds, hex, HeapError, type HeapMemory } from "./heap-memory"

/** Bits of a block's tag, the high byte of its header word (`DEVS_GC_TAG_*` in `devs_objects.h`). */
export const TAG_TYPE = 0x0f
export const TAG_PINNED = 0x40
/** A free block's whole tag. */
export const TAG_FREE = 1
const TAG_SCANNED = 0x20
const TAG_PENDING = 0x80
/** Header of the end marker: tag "final, pinned" and a size of one word. */
export const END_MARKER = 0x4f000001

/** Smallest block, in words: a header and one word, which a free block needs for its link. */
const MIN_WORDS = 2

/** By tag: 1 for those that a block can have between two collections. */
const INTACT = Uint8Array.from({ length: 256 }, (_, tag) => {
    const type = tag & TAG_TYPE
    const isKnown = type >= TAG_FREE && type < BLOCK_TYPES.length
    const isMarked = (tag & (TAG_SCANNED | TAG_PENDING | 0x10)) !== 0
    return isKnown && !isMarked && (type !== TAG_FREE || tag === TAG_FREE) ? 1 : 0
})

/**
 * Visits every block in order of address.
 * @param visit gets the block's address, its size in bytes and its tag byte
 * @throws HeapError at the first thing that no intact heap has; nothing outside the heap is read.
 */
export function walkHeap(
    heap: HeapMemory,
    visit: (address: number, bytes: number, tag: number) => void,
): void {
    const end = endOf(heap)
    const { words, origin } = heap
    for (let at = (heap.start - origin) >>> 2; at < end;) {
        const size = blockWords(heap, at, end)
        visit(origin + at * 4, size * 4, words[at]! >>> 24)
        at += size
    }
}

/**
 * For walks that cannot afford a call for each block.
 * @returns index of the word after the last block
 * @throws HeapError when no heap ends there
 */
export function endOf(heap: HeapMemory): number {
    checkBounds(heap)
    const { words, origin } = heap
    const end = (heap.end - origin) >>> 2
    if (words[end] !== END_MARKER)
        throw new HeapError(
            `no end marker at ${hex(heap.end)}: found ${hex(words[end]!)}, expected ${hex(END_MARKER)}`,
        )
    return end
}

/**
 * Size of the block that starts at a word, in words.
 * @param end of all blocks, as `endOf` has it
 * @throws HeapError when it is nothing that an intact heap has
 */
export function blockWords({ words, origin }: HeapMemory, at: number, end: number): number {
    const header = words[at]!
    const size = header & 0xffffff
    if (size < MIN_WORDS || at + size > end || INTACT[header >>> 24] === 0)
        throw corrupted(origin + at * 4, header, at + size > end)
    return size
}

function corrupted(address: number, header: number, isTooLong: boolean): HeapError {
    const size = header & 0xffffff
    const block = `the block at ${hex(address)}`
    return size < MIN_WORDS || isTooLong
        ? new HeapError(`${block} has a size of ${size * 4} bytes`)
        : new HeapError(`${block} has a tag of ${hex(header >>> 24)}`)
}

/**
 * A copy of a heap as a collector left it that was stopped half way: without its marks on the blocks.
 * @throws HeapError at the first header that is no block's
 */
export function withoutMarks(heap: HeapMemory): HeapMemory {
    const words = heap.words.slice()
    const end = (heap.end - heap.origin) >>> 2
    for (let at = (heap.start - heap.origin) >>> 2; at < end;) {
        const header = words[at]!
        if ((header & 0xffffff) < MIN_WORDS)
            throw new HeapError(`the block at ${hex(heap.origin + at * 4)} has no size`)
        words[at] = header & ~((TAG_SCANNED | TAG_PENDING) << 24)
        at += header & 0xffffff
    }
    return { ...heap, words }
}

/** From the heap's first block back to the word where its list of free blocks begins (`first_free`). */
const FREE_LIST_BEFORE = 32
/** From a free block to the address of the next one. */
const NEXT_FREE = 4

/**
 * Addresses of the free blocks that an allocation can take now. A block that the runtime gave back by
 * itself (`jd_gc_free`) is free, too, but in no list before the next collection.
 */
export function freeList({ words, origin, start, end }: HeapMemory): Set<number> {
    const list = new Set<number>()
    let at = words[(start - FREE_LIST_BEFORE - origin) >>> 2]!
    while (at >= start && at < end && !list.has(at)) {
        list.add(at)
        at = words[(at + NEXT_FREE - origin) >>> 2]!
    }
    return list
}

/** All blocks in order of address. */
export function listBlocks(heap: HeapMemory): HeapBlock[] {
    const blocks: HeapBlock[] = []
    walkHeap(heap, (address, bytes, tag) => {
        blocks.push({ address, bytes, type: typeOf(tag), pinned: (tag & TAG_PINNED) !== 0 })
    })
    return blocks
}

export function typeOf(tag: number): BlockType {
    return BLOCK_TYPES[tag & TAG_TYPE]!
}
