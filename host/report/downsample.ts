import type { Sample } from "./sim-report"

/** What one column of a chart shows: the extremes of the samples that fall into it. */
export interface Column {
    usedMin: number
    usedMax: number
    liveMin: number
    liveMax: number
    /** Collections that ran since the column before. */
    collections: number
}

/** The part of time a chart shows, in the samples' milliseconds. */
export interface Span {
    fromMs: number
    toMs: number
    /** Where the run ended, if before `toMs`: nothing is known after it. */
    endMs?: number
}

/**
 * Folds samples, in order of time, into `count` columns of equal time. A column keeps the minimum
 * and the maximum of its samples, so no peak is lost however long the run. A column without a
 * sample holds the last value before it; one before the first sample or after the end is
 * undefined.
 */
export function downsample(
    samples: readonly Sample[],
    count: number,
    span: Span,
): (Column | undefined)[] {
    const columns = new Array<Column | undefined>(count).fill(undefined)
    const columnOf = (ms: number): number => {
        const position = Math.floor(((ms - span.fromMs) / (span.toMs - span.fromMs)) * count)
        // The end belongs to the last column; a span of no time is one moment at the start.
        return Number.isFinite(position) ? Math.min(position, count - 1) : 0
    }

    const lastIn = new Array<Sample | undefined>(count).fill(undefined)
    let held: Sample | undefined
    let collections = 0
    for (const sample of samples) {
        if (sample.atMs > span.toMs) break
        if (sample.atMs < span.fromMs) {
            held = sample
        } else {
            const index = columnOf(sample.atMs)
            columns[index] = widen(columns[index], sample, sample.collections - collections)
            lastIn[index] = sample
        }
        collections = sample.collections
    }

    const lastKnown = columnOf(Math.min(span.endMs ?? span.toMs, span.toMs))
    for (let i = 0; i <= lastKnown; i++) {
        if (columns[i] === undefined && held !== undefined) columns[i] = widen(undefined, held, 0)
        held = lastIn[i] ?? held
    }
    return columns
}

function widen(column: Column | undefined, sample: Sample, collections: number): Column {
    const { usedBytes, liveBytes } = sample
    if (column === undefined) {
        return {
            usedMin: usedBytes,
            usedMax: usedBytes,
            liveMin: liveBytes,
            liveMax: liveBytes,
            collections,
        }
    }
    return {
        usedMin: Math.min(column.usedMin, usedBytes),
        usedMax: Math.max(column.usedMax, usedBytes),
        liveMin: Math.min(column.liveMin, liveBytes),
        liveMax: Math.max(column.liveMax, liveBytes),
        collections: column.collections + collections,
    }
}
