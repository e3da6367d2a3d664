import type { HeapBlock } from "../../model/heap/block"
import type { HeapFigures } from "../../model/figures"
import { capacityFor, HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { ACTIVATION, CTX, FUNCTION, GC } from "../../model/heap/layout"
import { HeapMarker } from "../../model/heap/marker"
import { measureHeap } from "../../model/heap/measure"
import { END_MARKER, listBlocks, walkHeap } from "../../model/heap/walk"

const SRAM = 0x20000000
const FLASH = 0x10000000
/** More than any program's image: it lies in the flash, and what marking needs of it is put behind the SRAM. */
const IMAGE_BYTES = 192 * 1024
const ACTIVATION_TYPE = 8

/** A firmware's heap as its chip's memory has it, at one moment. */
export interface SramHeap {
    figures: HeapFigures
    blocks: HeapBlock[]
    /** Its bytes, and where they are. */
    memory: HeapMemory
}

/**
 * Where the heap is in a chip's memory: without any symbols, by a chain of blocks that ends with the
 * end marker after exactly as many bytes as the firmware's heap has.
 * @param heapBytes nominal size of the heap
 * @returns undefined while there is none: the firmware has not come so far
 */
export function findHeap(sram: Uint8Array, heapBytes: number): HeapMemory | undefined {
    const words = new Uint32Array(sram.buffer, sram.byteOffset, sram.length >>> 2)
    const capacity = capacityFor(heapBytes)
    for (let at = 0; at + 2 + capacity / 4 < words.length; at++) {
        const end = words[at + 1]!
        const start = SRAM + 4 * (at + 2)
        if (end !== start + capacity || words[(end - SRAM) >>> 2] !== END_MARKER) continue
        const heap = { words, origin: SRAM, start, end }
        try {
            walkHeap(heap, () => undefined)
            return heap
        } catch (error) {
            if (!(error instanceof HeapError)) throw error
        }
    }
    return undefined
}

/**
 * Reads the heap out of the chip's memory. Nothing on the chip is touched, and its time stands still.
 * @param heap as `findHeap` found it
 * @throws HeapError in the middle of what the firmware does with it
 */
export function readSram(heap: HeapMemory, flash: Uint8Array): SramHeap {
    const sram = heap.words
    const words = new Uint32Array(sram.length + IMAGE_BYTES / 4)
    words.set(sram)
    const memory = { ...heap, words }
    const at = (address: number) => (address - SRAM) >>> 2
    const ctx = words[at(heap.start - GC.firstBlock + GC.ctx)]!
    const blocks = listBlocks(memory)
    if (ctx === 0) return { figures: figuresOf(memory, 0), blocks, memory }
    const image = words[at(ctx + CTX.image)]!
    const moved = SRAM + 4 * sram.length
    if (image >= FLASH && image < FLASH + flash.length) {
        const bytes = flash.subarray(image - FLASH, image - FLASH + IMAGE_BYTES)
        new Uint8Array(words.buffer).set(bytes, moved - SRAM)
        words[at(ctx + CTX.image)] = moved
        for (
            let block = heap.start;
            block < heap.end;
            block += (words[at(block)]! & 0xffffff) * 4
        ) {
            const func = at(block + ACTIVATION.func)
            if (
                ((words[at(block)]! >>> 24) & 0xf) === ACTIVATION_TYPE &&
                words[func]! - image <= IMAGE_BYTES - FUNCTION.size
            )
                words[func] = words[func]! - image + moved
        }
    }
    const marker = new HeapMarker(memory)
    const liveBytes = marker.mark(ctx)
    return {
        figures: figuresOf(memory, liveBytes),
        blocks: blocks.map(block => ({ ...block, live: marker.isLive(block.address) })),
        memory: { ...heap, words: sram.slice() },
    }
}

function figuresOf(memory: HeapMemory, liveBytes: number): HeapFigures {
    const figures = measureHeap(memory, liveBytes, {
        highWaterUsedBytes: 0,
        highWaterLiveBytes: liveBytes,
    })
    return { ...figures, highWaterUsedBytes: figures.usedBytes }
}
