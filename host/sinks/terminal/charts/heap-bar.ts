import { BLOCK_TYPES, type HeapBlock } from "../../../model/heap/block"
import { heapCells, largestFreeBlock, type HeapCell } from "../../../model/heap/heap-cells"
import type { FilledType } from "../../block-looks"
import { blockLetter, blockWords, paintBlock } from "./block-style"
import type { Style } from "../text/style"
import { flow } from "../text/text-layout"
import { formatBytesExact } from "../../../base/format-units"

/** Where the heap lies and how it is drawn. */
export interface HeapBarOptions {
    /** Address of the first block, and bytes from there to the end marker. */
    heapStart: number
    capacityBytes: number
    /** Lines of the bar. Default 1. */
    rows?: number
}

/**
 * The heap by address, low addresses first: a letter a cell for what fills most of it (lower case
 * when it is garbage), `·` free, `─` the largest free block.
 * @returns `options.rows` lines of exactly `style.width` columns.
 */
export function renderHeapBar(
    blocks: readonly HeapBlock[],
    options: HeapBarOptions,
    style: Style,
): string {
    const rows = options.rows ?? 1
    const { heapStart, capacityBytes } = options
    const cells = heapCells(blocks, heapStart, capacityBytes, style.width * rows)
    return Array.from({ length: rows }, (_, row) =>
        cells
            .slice(row * style.width, (row + 1) * style.width)
            .map(cell => drawCell(cell, style))
            .join(""),
    ).join("\n")
}

/** What the letters of a bar mean: the kinds there are, and the largest free block with its place. */
export function heapBarLegend(
    blocks: readonly HeapBlock[],
    heapStart: number,
    style: Style,
): string {
    const { colors: c } = style
    const present = new Set(blocks.map(block => block.type))
    const filled = BLOCK_TYPES.filter((type): type is FilledType => type !== "free")
    const parts = filled
        .filter(type => present.has(type))
        .map(type => `${paintBlock(type, false, blockLetter(type), c)} ${blockWords(type)}`)
    if (blocks.some(block => block.type !== "free" && block.live === false)) {
        parts.push("abc garbage")
    }
    parts.push(`${c.dim("·")} free`)
    const hole = largestFreeBlock(blocks)
    if (hole !== undefined) {
        const at = `+0x${(hole.address - heapStart).toString(16)}`
        parts.push(`${c.bold("─")} largest free block: ${formatBytesExact(hole.bytes)} at ${at}`)
    }
    return flow(parts, style.width)
}

function drawCell(cell: HeapCell, { colors: c }: Style): string {
    if (cell.isLargestFree) return c.bold("─")
    if (cell.type === "free") return c.dim("·")
    return paintBlock(cell.type, cell.isGarbage, blockLetter(cell.type, cell.isGarbage), c)
}
