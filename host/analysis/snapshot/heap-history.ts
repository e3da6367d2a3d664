import type { HeapBlock } from "../../model/heap/block"
import { heapCells, largestFreeBlock, type HeapCell } from "../../model/heap/heap-cells"

/** A heap at one moment, by address. */
export interface HistoryRow {
    atMs: number
    cells: HeapCell[]
    liveBytes: number
    garbageBytes: number
    freeBytes: number
    largestFreeBytes: number
}

/** The VM takes no smaller steps. Milliseconds. */
const FIRST_STEP_MS = 10
/** At twice as many rows every second one goes. */
const ROWS = 160
/** Parts of the address range that are told apart. */
export const HISTORY_COLUMNS = 512

/**
 * How the heap filled over a run of a length nobody knows: evenly spaced rows, 160 to 320 of them as soon
 * as there are so many. It says when to look; whoever runs the board looks.
 */
export class HeapHistory {
    private kept: HistoryRow[] = []
    private stepMs = FIRST_STEP_MS

    get rows(): readonly HistoryRow[] {
        return this.kept
    }

    /** When to look next, without end: further apart the longer it goes on. Simulated milliseconds. */
    *times(): Generator<number> {
        for (let atMs = this.stepMs; ; atMs += this.stepMs) yield atMs
    }

    /** @param blocks every block, each with whether it is live */
    add(atMs: number, blocks: readonly HeapBlock[]): void {
        const [first] = blocks
        const last = blocks.at(-1)
        if (!first || !last) return
        const capacity = last.address + last.bytes - first.address
        const isFree = ({ type }: HeapBlock) => type === "free"
        const sum = (kind: (block: HeapBlock) => boolean) =>
            blocks.reduce((total, block) => total + (kind(block) ? block.bytes : 0), 0)
        this.kept.push({
            atMs,
            cells: heapCells(blocks, first.address, capacity, HISTORY_COLUMNS),
            liveBytes: sum(block => !isFree(block) && block.live !== false),
            garbageBytes: sum(block => !isFree(block) && block.live === false),
            freeBytes: sum(isFree),
            largestFreeBytes: largestFreeBlock(blocks)?.bytes ?? 0,
        })
        if (this.kept.length < 2 * ROWS) return
        this.kept = this.kept.filter((_, i) => i % 2 === 1)
        this.stepMs *= 2
    }
}
