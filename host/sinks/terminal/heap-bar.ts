import { BLOCK_TYPES, type BlockType, type HeapBlock } from "../../model/heap/block"
import { blockLetter, paintBlock, type FilledType } from "./block-look"
import type { Style } from "./style"
import { flow } from "./text-layout"
import { formatBytesExact } from "../../base/format-units"

/** One cell of the bar: what fills most of its bytes. */
export interface HeapCell {
    type: BlockType
    isGarbage: boolean
    /** Whether the heap's largest free block shows here. */
    isLargestHole: boolean
}

/** Where the heap lies and how it is drawn. */
export interface HeapBarOptions {
    /** Address of the first block, and bytes from there to the end marker. */
    heapStart: number
    capacityBytes: number
    /** Lines of the bar. Default 1. */
    rows?: number
}

/**
 * Divides the heap into `count` cells of `capacityBytes / count` bytes each and finds what fills
 * most of each. The largest hole always gets at least one cell, however small it is.
 */
export function heapCells(
    blocks: readonly HeapBlock[],
    heapStart: number,
    capacityBytes: number,
    count: number,
): HeapCell[] {
    const cellBytes = capacityBytes / count
    const fillings = Array.from({ length: count }, () => new Map<string, Filling>())
    for (const block of blocks) {
        const start = block.address - heapStart
        const end = start + block.bytes
        const isGarbage = block.type !== "free" && block.live === false
        const key = `${block.type} ${isGarbage}`
        const last = Math.min(count, Math.ceil(end / cellBytes))
        for (let i = Math.max(0, Math.floor(start / cellBytes)); i < last; i++) {
            const bytes = Math.min(end, (i + 1) * cellBytes) - Math.max(start, i * cellBytes)
            const filling = fillings[i]?.get(key)
            if (filling === undefined) fillings[i]?.set(key, { type: block.type, isGarbage, bytes })
            else filling.bytes += bytes
        }
    }
    const cells = fillings.map(filling => dominating(filling))

    const hole = largestHole(blocks)
    if (hole === undefined) return cells
    const start = (hole.address - heapStart) / cellBytes
    const end = start + hole.bytes / cellBytes
    const inside = cells.map((_, i) => Math.min(end, i + 1) - Math.max(start, i))
    const most = inside.indexOf(Math.max(...inside))
    return cells.map((cell, i) =>
        i === most || (cell.type === "free" && (inside[i] ?? 0) > 0.5)
            ? { type: "free", isGarbage: false, isLargestHole: true }
            : cell,
    )
}

/** The largest free block, the lowest of equals: the most one request can get. */
export function largestHole(blocks: readonly HeapBlock[]): HeapBlock | undefined {
    let largest: HeapBlock | undefined
    for (const block of blocks) {
        if (block.type === "free" && block.bytes > (largest?.bytes ?? 0)) largest = block
    }
    return largest
}

/**
 * The heap by address, low addresses first: a letter a cell for what fills most of it (lower case
 * when it is garbage), `·` free, `─` the largest hole.
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

/** What the letters of a bar mean: the kinds there are, and the largest hole with its place. */
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
        .map(type => `${paintBlock(type, false, blockLetter(type), c)} ${type}`)
    if (blocks.some(block => block.type !== "free" && block.live === false)) {
        parts.push("abc garbage")
    }
    parts.push(`${c.dim("·")} free`)
    const hole = largestHole(blocks)
    if (hole !== undefined) {
        const at = `+0x${(hole.address - heapStart).toString(16)}`
        parts.push(`${c.cyan("─")} largest hole: ${formatBytesExact(hole.bytes)} at ${at}`)
    }
    return flow(parts, style.width)
}

interface Filling {
    type: BlockType
    isGarbage: boolean
    bytes: number
}

function dominating(fillings: ReadonlyMap<string, Filling>): HeapCell {
    let most: Filling = { type: "free", isGarbage: false, bytes: 0 }
    for (const filling of fillings.values()) if (filling.bytes > most.bytes) most = filling
    return { type: most.type, isGarbage: most.isGarbage, isLargestHole: false }
}

function drawCell(cell: HeapCell, { colors: c }: Style): string {
    if (cell.isLargestHole) return c.cyan("─")
    if (cell.type === "free") return c.dim("·")
    return paintBlock(cell.type, cell.isGarbage, blockLetter(cell.type, cell.isGarbage), c)
}
