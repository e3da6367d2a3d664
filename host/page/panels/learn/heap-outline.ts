import type { HeapMoment } from "../../../documents/lessons-report"
import { lastAtMost } from "../../../model/last-at-most"

/** The picture's own units: it is stretched to its place. */
export const WIDTH = 600
export const HEIGHT = 120

/** What the whole width and the whole height of a picture stand for. */
export interface Scale {
    ms: number
    bytes: number
}

/** The board's time is told in tenths of a microsecond. */
const LEAST_MS = 1e-4

/** One scale for all: the longest run, and the most that any has in use. */
export function scaleOf(heaps: readonly (readonly HeapMoment[])[]): Scale {
    const moments = heaps.flat()
    return {
        ms: Math.max(LEAST_MS, ...moments.map(({ atMs }) => atMs)),
        bytes: Math.max(1, ...moments.map(({ usedBytes }) => usedBytes)),
    }
}

/** @returns how the heap is at a time since its run began; at its end when that is over */
export function momentAt(heap: readonly HeapMoment[], ms: number): HeapMoment {
    return heap[
        Math.max(
            0,
            lastAtMost(heap, ms, ({ atMs }) => atMs),
        )
    ]!
}

export function placeOf(atMs: number, { ms }: Scale): number {
    return (atMs / ms) * WIDTH
}

/** A figure's area over time as an SVG path: nothing changes from a moment to the next. */
export function areaOf(
    heap: readonly HeapMoment[],
    figure: "usedBytes" | "liveBytes",
    scale: Scale,
): string {
    const round = (value: number) => Math.round(value * 10) / 10
    const steps = heap.map(moment => {
        const part = Math.max(0, moment[figure]) / scale.bytes
        return `H${round(placeOf(moment.atMs, scale))}V${round(HEIGHT * (1 - part))}`
    })
    return `M0 ${HEIGHT}${steps.join("")}V${HEIGHT}Z`
}

/** The moments since whose predecessor there was a collection. */
export function collectionsOf(heap: readonly HeapMoment[]): HeapMoment[] {
    return heap.filter(
        ({ collections }, index) => collections > (heap[index - 1]?.collections ?? 0),
    )
}
