import { lastAtMost } from "../../model/last-at-most"
import type { HeapBlock } from "../../model/heap/block"

/** Rows are as many bytes as make no more of them than this. */
const MAX_ROWS = 40
const MIN_ROW_BYTES = 256

/** A part of a block that lies in one row of the map. */
export interface MapRun {
    block: HeapBlock
    row: number
    /** Bytes from the row's start. */
    from: number
    to: number
}

/** Bytes of a row: the least power of two that makes few enough rows. */
export function rowBytes(capacityBytes: number): number {
    let bytes = MIN_ROW_BYTES
    while (bytes * MAX_ROWS < capacityBytes) bytes *= 2
    return bytes
}

/** Cuts blocks into runs that each lie in one row. */
export function* runsOf(blocks: Iterable<HeapBlock>, perRow: number): Generator<MapRun> {
    for (const block of blocks) {
        const end = block.address + block.bytes
        for (let start = block.address; start < end;) {
            const row = Math.floor(start / perRow)
            const stop = Math.min(end, (row + 1) * perRow)
            yield { block, row, from: start - row * perRow, to: stop - row * perRow }
            start = stop
        }
    }
}

/** The block that holds an address, if any does. Blocks are in order of address. */
export function blockAt(blocks: readonly HeapBlock[], address: number): HeapBlock | undefined {
    const block = blocks[lastAtMost(blocks, address, block => block.address)]
    return block && address < block.address + block.bytes ? block : undefined
}
