import type { HeapBlock } from "../../model/heap/block"
import { rowBytes, runsOf } from "./map-layout"
import { isStill, themeColor } from "../theme"

/** How long what is new, and what was collected, stands out. Milliseconds. */
const FLASH_MS = 500
const FLASH_ALPHA = 0.7
/** A collection goes through the whole heap in so long. Milliseconds. */
const SWEEP_MS = 350
const SWEEP_ALPHA = 0.5
/** A line between rows. */
const GAP_PX = 1

interface Flash {
    block: HeapBlock
    color: string
    /** Of the page's own clock. */
    fromMs: number
}

/**
 * Paints the heap by address. Blocks never move: a byte has its place for good. What was allocated since
 * the last picture flashes; a collection sweeps from the first block to the last, and what it frees fades away.
 */
export class MapPainter {
    private before = new Map<number, HeapBlock>()
    private flashes: Flash[] = []
    private seen: readonly HeapBlock[] | undefined
    private collections = 0
    /** When the last sweep began, on the page's own clock. */
    private sweptFromMs = -Infinity

    /**
     * @param isNext the picture follows the last one, so that what differs has just happened
     * @param collections how many there were: one more is a sweep
     */
    paint(
        canvas: HTMLCanvasElement,
        blocks: readonly HeapBlock[],
        capacityBytes: number,
        {
            chosen,
            isNext,
            collections,
        }: { chosen: HeapBlock | undefined; isNext: boolean; collections: number },
    ): void {
        const context = canvas.getContext("2d")
        if (!context) return
        const isTold = isNext && !isStill()
        if (isTold && collections > this.collections && this.before.size > 0)
            this.sweptFromMs = performance.now()
        this.collections = collections
        this.notice(blocks, isTold, capacityBytes)
        const perRow = rowBytes(capacityBytes)
        const rows = Math.ceil(capacityBytes / perRow)
        const rowPx = canvas.height / rows
        const place = (from: number, to: number, row: number, inset: number) =>
            [
                Math.round((from / perRow) * canvas.width),
                Math.round(row * rowPx),
                Math.max(1, Math.round(((to - from) / perRow) * canvas.width) - inset),
                Math.max(1, Math.floor(rowPx) - GAP_PX),
            ] as const
        context.fillStyle = themeColor("paper")
        context.fillRect(0, 0, canvas.width, canvas.height)
        for (const { block, row, from, to } of runsOf(blocks, perRow)) {
            context.fillStyle = colorOf(block)
            context.fillRect(...place(from, to, row, to < perRow ? 1 : 0))
        }
        const now = performance.now()
        this.flashes = this.flashes.filter(({ fromMs }) => now - fromMs < FLASH_MS)
        for (const { block, color, fromMs } of this.flashes) {
            // What the sweep has not reached yet is as it was.
            const faded = (now - fromMs) / FLASH_MS
            context.globalAlpha = faded < 0 ? 1 : FLASH_ALPHA * (1 - faded)
            context.fillStyle = color
            for (const { row, from, to } of runsOf([block], perRow))
                context.fillRect(...place(from, to, row, 0))
        }
        const swept = (now - this.sweptFromMs) / SWEEP_MS
        if (swept < 1) {
            context.globalAlpha = SWEEP_ALPHA
            context.fillStyle = themeColor("ink")
            const row = Math.floor(swept * rows)
            const at = place(0, Math.max(1, (swept * rows - row) * perRow), row, 0)
            context.fillRect(...at)
        }
        context.globalAlpha = 1
        if (!chosen) return
        context.strokeStyle = themeColor("ink")
        context.lineWidth = 2
        for (const { row, from, to } of runsOf([chosen], perRow))
            context.strokeRect(...place(from, to, row, 0))
    }

    /** Whether something still fades, so that another picture is due. */
    get isMoving(): boolean {
        return this.flashes.length > 0 || performance.now() - this.sweptFromMs < SWEEP_MS
    }

    private notice(blocks: readonly HeapBlock[], isTold: boolean, capacityBytes: number): void {
        if (blocks === this.seen) return
        this.seen = blocks
        const now = new Map(blocks.map(block => [block.address, block]))
        if (isTold && this.before.size > 0) {
            const fromMs = performance.now()
            for (const block of blocks) {
                const was = this.before.get(block.address)
                if (block.type === "free" || (was && isSame(was, block))) continue
                this.flashes.push({ block, color: themeColor("ink"), fromMs })
            }
            for (const [address, was] of this.before) {
                if (was.type === "free" || was.live) continue
                const is = now.get(address)
                if (is && isSame(was, is)) continue
                const isEmpty = is === undefined || is.type === "free"
                const sweptAt = this.sweptFromMs + SWEEP_MS * (address / capacityBytes)
                const goneMs = isEmpty ? Math.max(fromMs, sweptAt) : fromMs
                this.flashes.push({ block: was, color: themeColor("garbage"), fromMs: goneMs })
            }
        } else if (!isTold) this.flashes = []
        this.before = now
    }
}

/** A live block has its kind's colour, a dead one none. */
function colorOf({ type, live }: HeapBlock): string {
    if (type === "free") return themeColor("free")
    return themeColor(live ? type : "garbage")
}

function isSame(a: HeapBlock, b: HeapBlock): boolean {
    return a.bytes === b.bytes && a.type === b.type
}
