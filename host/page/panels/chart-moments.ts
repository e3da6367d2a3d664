import type uPlot from "uplot"
import type { BoardHistory } from "../history/board-history"
import { themeColor } from "../theme"

const TICK_PX = 7
/** Ticks that stand closer than this are one. */
const MIN_GAP_PX = 2

/** A tick is met from so near, as a finger or a hand that shakes has it. */
const NEAR_PX = 5

/** The collection whose tick is at a place of the chart, if any is. */
export function collectionAt(
    chart: uPlot,
    { collections }: BoardHistory,
    left: number,
    top: number,
): { atMs: number } | undefined {
    if (top < chart.bbox.height / devicePixelRatio - TICK_PX - NEAR_PX) return undefined
    let nearest: { atMs: number } | undefined
    let least = NEAR_PX
    for (const collection of collections.all) {
        const off = Math.abs(chart.valToPos(collection.atMs / 1000, "x") - left)
        if (off > least) continue
        least = off
        nearest = collection
    }
    return nearest
}

/** Draws what happened at a moment over a chart: collections, marks, deaths, and the moment looked at. */
export function drawMoments(
    chart: uPlot,
    history: BoardHistory,
    momentMs: number | undefined,
): void {
    const { ctx, bbox } = chart
    const ratio = devicePixelRatio
    const xOf = (ms: number) => Math.round(chart.valToPos(ms / 1000, "x", true))
    const isShown = (x: number) => x >= bbox.left && x <= bbox.left + bbox.width
    const line = (ms: number, color: string, width: number, from = 0) => {
        const x = xOf(ms)
        if (!isShown(x)) return
        ctx.fillStyle = color
        ctx.fillRect(x - (width * ratio) / 2, bbox.top + from, width * ratio, bbox.height - from)
    }
    ctx.save()
    ctx.fillStyle = themeColor("ink")
    let last = -Infinity
    const { min = 0, max = 0 } = chart.scales["x"]!
    for (const { atMs } of history.collections.all) {
        if (atMs < min * 1000 || atMs > max * 1000) continue
        const x = xOf(atMs)
        if (!isShown(x) || x - last < MIN_GAP_PX * ratio) continue
        last = x
        ctx.fillRect(x, bbox.top + bbox.height - TICK_PX * ratio, ratio, TICK_PX * ratio)
    }
    for (const { atMs } of history.marks.all) line(atMs, themeColor("warning"), 1)
    for (const { atMs } of history.panics.all) line(atMs, themeColor("bad"), 2)
    if (momentMs !== undefined) line(momentMs, themeColor("ink"), 2)
    ctx.restore()
}
