import type { Sample } from "../../../documents/sim-report"

/** What one column of a chart shows: the extremes of the samples that fall into it. */
export interface Column {
    usedMin: number
    usedMax: number
    /** Whether the least used came before the most used. */
    isRising: boolean
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
            columns[index] = merge(columns[index], of(sample, sample.collections - collections))
            lastIn[index] = sample
        }
        collections = sample.collections
    }

    const lastKnown = columnOf(Math.min(span.endMs ?? span.toMs, span.toMs))
    for (let i = 0; i <= lastKnown; i++) {
        if (columns[i] === undefined && held !== undefined) columns[i] = of(held, 0)
        held = lastIn[i] ?? held
    }
    return columns
}

/**
 * The curve through the columns that keeps every extreme: each two columns show the least and the
 * most used of both, in the order they came. So a sawtooth stays one, however many of its teeth
 * fall into a column.
 */
export function usedCurve(columns: readonly (Column | undefined)[]): (number | undefined)[] {
    return columns.map((column, i) => {
        const partner = columns[i % 2 === 0 ? i + 1 : i - 1]
        if (column === undefined || partner === undefined) return column?.usedMax
        const both = i % 2 === 0 ? merge(column, partner) : merge(partner, column)
        return both.isRising === (i % 2 === 0) ? both.usedMin : both.usedMax
    })
}

function of({ usedBytes, liveBytes }: Sample, collections: number): Column {
    return {
        usedMin: usedBytes,
        usedMax: usedBytes,
        isRising: true,
        liveMax: liveBytes,
        collections,
    }
}

/** Both columns as one; `later` comes after `earlier`. */
function merge(earlier: Column | undefined, later: Column): Column {
    if (earlier === undefined) return later
    const isMinLater = later.usedMin < earlier.usedMin
    const isMaxLater = later.usedMax > earlier.usedMax
    const sameSide = isMinLater ? later.isRising : earlier.isRising
    return {
        usedMin: Math.min(earlier.usedMin, later.usedMin),
        usedMax: Math.max(earlier.usedMax, later.usedMax),
        isRising: isMinLater === isMaxLater ? sameSide : isMaxLater,
        liveMax: Math.max(earlier.liveMax, later.liveMax),
        collections: earlier.collections + later.collections,
    }
}
