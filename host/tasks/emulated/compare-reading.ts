import { formatBytesExact } from "../../base/format-units"
import type { BoardHeap } from "../../link/heap-image/read-heap"
import { HeapError } from "../../model/heap/heap-memory"
import { TAG_FREE, walkHeap } from "../../model/heap/walk"
import type { EmulatedBoard } from "../../simulator/served/emulated-board"
import type { SramHeap } from "../../simulator/emulated/sram-heap"

/** A heap as it was read over the wire, beside what the chip's memory holds at that moment. */
export interface Comparison {
    sram: SramHeap
    /** Words of the heap that were compared: of free blocks the header alone, as no more is read. */
    words: number
    differentWords: number
}

/** Compares while the program stands still. @returns undefined where the chip's memory has no heap */
export function compareReading(read: BoardHeap, board: EmulatedBoard): Comparison | undefined {
    const sram = sramOf(board)
    if (!sram) return undefined
    const { heap } = read
    let words = 0
    let differentWords = 0
    walkHeap(heap, (address, bytes, tag) => {
        for (let at = address; at < address + (tag === TAG_FREE ? 4 : bytes); at += 4) {
            words++
            const onChip = sram.memory.words[(at - sram.memory.origin) >>> 2]
            if (heap.words[(at - heap.origin) >>> 2] !== onChip) differentWords++
        }
    })
    return { sram, words, differentWords }
}

/** The heap in the chip's memory, unless the firmware is in the middle of something with it. */
export function sramOf(board: EmulatedBoard): SramHeap | undefined {
    try {
        return board.heap()
    } catch (error) {
        if (error instanceof HeapError) return undefined
        throw error
    }
}

/** What the chip's memory holds, in words. */
export function describeSram({ figures: { usedBytes, liveBytes, blocks } }: SramHeap): string {
    return `the emulated chip's memory holds ${formatBytesExact(usedBytes)} used, ${formatBytesExact(liveBytes)} live in ${blocks.toLocaleString("en-US")} blocks`
}

/** In a sentence. */
export function describeComparison({ sram, words, differentWords }: Comparison): string {
    const what = `At that moment ${describeSram(sram)}`
    return differentWords === 0
        ? `${what}: all of the ${formatBytesExact(4 * words)} that were read are the same.`
        : `${what}: ${differentWords} of ${words} words that were read are OTHERS.`
}
