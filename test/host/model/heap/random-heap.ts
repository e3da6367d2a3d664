import fc from "fast-check"
import type { HeapMemory } from "../../../../host/model/heap/heap-memory"
import { END_MARKER } from "../../../../host/model/heap/walk"

/** A heap written block by block, as the VM would, somewhere in a memory with other things around it. */
export interface ModelBlock {
    type: number
    pinned: boolean
    words: number
}

export const modelBlock: fc.Arbitrary<ModelBlock> = fc.record({
    type: fc.integer({ min: 1, max: 13 }),
    pinned: fc.boolean(),
    words: fc.integer({ min: 2, max: 60 }),
})

/** A heap with these blocks, with `before` and `after` words of noise around it. */
export function writeHeap(
    blocks: ModelBlock[],
    origin = 0x2000_0000,
    before = 3,
    after = 5,
): HeapMemory {
    const size = blocks.reduce((sum, { words }) => sum + words, 0)
    const words = new Uint32Array(before + size + 1 + after).fill(0xdeadbeef)
    let at = before
    for (const block of blocks) {
        const isFree = block.type === 1
        const tag = block.type | (block.pinned && !isFree ? 0x40 : 0)
        words[at] = ((tag << 24) | block.words) >>> 0
        words.fill(0x37373737, at + 1, at + block.words)
        at += block.words
    }
    words[at] = END_MARKER
    return { words, origin, start: origin + before * 4, end: origin + at * 4 }
}
