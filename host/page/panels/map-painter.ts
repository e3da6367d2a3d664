import type { HeapBlock } from "../../model/heap/block"
import { rowBytes, runsOf } from "./map-layout"
import { isStill, themeColor } from "../theme"

/** How long what is new, and what was collected, stands out. Milliseconds. */
const FLASH_MS = 500
const FLASH_ALPHA = 0.7
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
 * the last picture flashes, what was collected fades away.
 */
export class MapPainter {
    private before = new Map<number, HeapBlock>()
    private flashes: Flash[] = []
    private seen: readonly HeapBlock[] | undefined

    /** @param isNext the picture follows the last one, so that what differs has just happened */
    paint(
        canvas: HTMLCanvasElement,
        blocks: readonly HeapBlock[],
        capacityBytes: number,
        { chosen, isNext }: { chosen: HeapBlock | undefined; isNext: boolean },
    ): void {
        const context = canvas.getContext("2d")
        if (!context) return
        this.notice(blocks, isNext && !isStill())
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
            context.globalAlpha = FLASH_ALPHA * (1 - (now - fromMs) / FLASH_MS)
            context.fillStyle = color
            for (const { row, from, to } of runsOf([block], perRow))
                context.fillRect(...place(from, to, row, 0))
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
        return this.flashes.length > 0
    }

    private notice(blocks: readonly HeapBlock[], isTold: boolean): void {
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
                this.flashes.push({ block: was, color: themeColor("garbage"), fromMs })
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
