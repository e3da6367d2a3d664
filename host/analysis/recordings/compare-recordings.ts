import { formatDuration, formatMemory } from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import {
    COMPARE_RECORDINGS_SCHEMA,
    RECORDED_METRICS,
    type CompareRecordingsReport,
    type Measured,
    type RecordedDeaths,
    type RecordedMetric,
    type RecordedRow,
    type RecordedStructure,
    type RecordedUnit,
    type RecordingSummary,
    type StructureUse,
    type Told,
} from "../../documents/compare-recordings-report"
import type { RecordedRun } from "./recorded-run"
import { areAlike, tell, tellCounts, tellDeaths, type Better, type Lengths } from "./tell"

/** What was recorded of a program. */
export interface Recorded {
    summary: RecordingSummary
    run: RecordedRun
}

const HOUR_MS = 3_600_000

/** How a figure is read off a recording, and which direction is better; null when neither is. */
interface Metric {
    unit: RecordedUnit
    better: Better
    /** It can only rise, or only fall, while time goes on. */
    course?: "rises" | "falls"
    value(recorded: Recorded, isExactEnd: boolean): Measured | undefined
}

/** Of figures that are counted: they are compared by how often in an hour. */
interface Count {
    unit: RecordedUnit
    total(recorded: Recorded): number
    /** More may have happened than were seen. */
    isLeast?(recorded: Recorded): boolean
    /** Nothing is known of it. */
    isUnknown?(recorded: Recorded): boolean
    perMs: number
}

const METRICS: Record<
    Exclude<RecordedMetric, "time to death" | "collections" | "churn" | "deaths" | "restarts">,
    Metric
> = {
    "median live": { unit: "bytes", better: "lower", value: ({ run }) => run.live.median() },
    "most live": {
        ...{ unit: "bytes", better: "lower", course: "rises" },
        value: ({ run }, isExactEnd) =>
            isExactEnd ? exactly(run.end!.heap!.highWaterLiveBytes) : run.live.most(),
    },
    "median used": { unit: "bytes", better: null, value: ({ run }) => run.used.median() },
    "most used": {
        ...{ unit: "bytes", better: "lower", course: "rises" },
        value: ({ run }, isExactEnd) =>
            isExactEnd ? exactly(run.end!.heap!.highWaterUsedBytes) : run.used.most(),
    },
    "median largest hole": {
        ...{ unit: "bytes", better: "higher" },
        value: ({ run }) => run.largestFree.median(),
    },
    "least largest hole": {
        ...{ unit: "bytes", better: "higher", course: "falls" },
        value: ({ run }) => run.largestFree.least(),
    },
}

const isEstimated = ({ run }: Recorded): boolean => run.estimates > 0
const COUNTS = {
    collections: {
        ...{ unit: "per-hour", perMs: HOUR_MS, isLeast: isEstimated },
        total: ({ run }) => run.collections.total,
    },
    churn: {
        // Where probes come to be does not tell what was allocated: a small block in a large hole moves
        // the next large buffer behind all of it.
        ...{ unit: "bytes-per-second", perMs: 1000, isUnknown: isEstimated },
        total: ({ run }) => run.allocatedBytes.total,
    },
    deaths: { unit: "per-hour", perMs: HOUR_MS, total: ({ run }) => run.deaths },
    restarts: { unit: "per-hour", perMs: HOUR_MS, total: ({ run }) => run.restarts },
} satisfies Partial<Record<RecordedMetric, Count>>

/** Sets two recordings side by side: what differs by more than their errors, and what is not told. */
export function compareRecordings(a: Recorded, b: Recorded): CompareRecordingsReport {
    const lengths: Lengths = { a: a.summary.recordedMs, b: b.summary.recordedMs }
    return {
        schema: COMPARE_RECORDINGS_SCHEMA,
        a: a.summary,
        b: b.summary,
        notes: notesOf(a.summary, b.summary, lengths),
        rows: RECORDED_METRICS.map(metric => rowOf(metric, a, b, lengths)),
        deaths: deathsOf(a.run, b.run, lengths),
        structures: structuresOf(a.run.structures, b.run.structures, lengths),
    }
}

function rowOf(metric: RecordedMetric, a: Recorded, b: Recorded, lengths: Lengths): RecordedRow {
    if (metric === "time to death") {
        const of = ({ summary }: Recorded) => summary.firstDeathMs
        return {
            ...{ metric, unit: "ms" },
            a: exactlyOrNull(of(a)),
            b: exactlyOrNull(of(b)),
            told: tellDeaths(of(a), of(b), lengths),
        }
    }
    if (metric in COUNTS) return countRow(metric as keyof typeof COUNTS, a, b, lengths)
    const { unit, better, course, value } = METRICS[metric as keyof typeof METRICS]
    // A sampled high-water mark is less than an exact one of the same run.
    const isExactEnd = [a, b].every(({ run }) => run.end?.heap !== undefined && !run.restarts)
    const [inA, inB] = [value(a, isExactEnd), value(b, isExactEnd)]
    return {
        ...{ metric, unit, a: inA ?? null, b: inB ?? null },
        told: inA && inB ? tell(inA, inB, { better, course, lengths }) : "not-told",
    }
}

function countRow(
    metric: keyof typeof COUNTS,
    a: Recorded,
    b: Recorded,
    lengths: Lengths,
): RecordedRow {
    const { unit, perMs, total, isLeast, isUnknown }: Count = COUNTS[metric]
    const rate = (recorded: Recorded): Measured | null => {
        const { recordedMs, samples } = recorded.summary
        const isOfSamples = isLeast !== undefined || isUnknown !== undefined
        if (recordedMs === 0 || (isOfSamples && samples === 0)) return null
        if (isUnknown?.(recorded)) return null
        const value = (total(recorded) / recordedMs) * perMs
        return { value, low: value, high: isLeast?.(recorded) ? null : value }
    }
    const [inA, inB] = [rate(a), rate(b)]
    const counts = [a, b].map(one => ({ count: total(one), isLeast: isLeast?.(one) ?? false }))
    const told = inA && inB ? tellCounts(counts[0]!, counts[1]!, lengths) : "not-told"
    return { metric, unit, a: inA, b: inB, told }
}

function deathsOf(a: RecordedRun, b: RecordedRun, lengths: Lengths): RecordedDeaths[] {
    const codes = [...new Set([...a.causes.keys(), ...b.causes.keys()])]
    return codes.map(code => {
        const [inA, inB] = [a.causes.get(code), b.causes.get(code)]
        const { name, message } = (inB ?? inA)!
        const at = inB?.at ?? inA?.at
        const counts = { a: inA?.count ?? 0, b: inB?.count ?? 0 }
        const told = tellCounts({ count: counts.a }, { count: counts.b }, lengths)
        return { code, name, message, ...(at && { at }), ...counts, told }
    })
}

function structuresOf(
    a: ReadonlyMap<string, StructureUse>,
    b: ReadonlyMap<string, StructureUse>,
    lengths: Lengths,
): RecordedStructure[] {
    const names = [...new Set([...a.keys(), ...b.keys()])].sort()
    return names.map(name => {
        const [inA, inB] = [a.get(name), b.get(name)]
        const both = inA && inB
        const worth = both && tellWorth(inA.worth, inB.worth, lengths)
        const marks = (use: StructureUse) => exactly(use.highWaterMark)
        return {
            name,
            a: inA ?? null,
            b: inB ?? null,
            highWaterMark: both
                ? tell(marks(inA), marks(inB), { better: null, course: "rises", lengths })
                : "not-told",
            refused: both
                ? tellCounts({ count: inA.refused }, { count: inB.refused }, lengths)
                : "not-told",
            ...(worth && { worth }),
        }
    })
}

/** By rate: unless both were recorded exactly as long, one more or less is a matter of when that was. */
function tellWorth(
    a: StructureUse["worth"],
    b: StructureUse["worth"],
    lengths: Lengths,
): Told | undefined {
    if (!a || !b) return undefined
    if (a.kind !== b.kind || a.asked === 0 || b.asked === 0) return "not-told"
    const slack = lengths.a === lengths.b ? 0 : 1
    const rate = ({ asked, hits }: typeof a) => ({
        value: hits / asked,
        low: (hits - slack) / asked,
        high: (hits + slack) / asked,
    })
    return tell(rate(a), rate(b), { better: "higher", lengths })
}

function notesOf(a: RecordingSummary, b: RecordingSummary, lengths: Lengths): string[] {
    const place = ({ board }: RecordingSummary) =>
        `${sanitize(board.id)} with ${formatMemory(board.heapBytes)} of heap`
    const isSameBoard = a.board.id === b.board.id && a.board.heapBytes === b.board.heapBytes
    const isSameProgram = a.program.sha256 !== undefined && a.program.sha256 === b.program.sha256
    return [
        ...(areAlike(lengths)
            ? []
            : [
                  `Recorded for ${formatDuration(lengths.a)} and ${formatDuration(lengths.b)}: counts are compared by the hour, and of the shorter one nobody knows what would still have come.`,
              ]),
        ...(isSameBoard ? [] : [`They are of different boards: ${place(a)}, ${place(b)}.`]),
        ...(isSameProgram ? ["Both are of the same program, by its hash."] : []),
        ...[a, b].flatMap(({ samples, file }) =>
            samples > 0
                ? []
                : [
                      `Nobody told of a heap in ${sanitize(file)}: a real board does if its program links the agent.`,
                  ],
        ),
        ...([a, b].some(({ estimates }) => estimates > 0)
            ? [
                  "Estimates of the agent: collections and churn are the least there can have been, and what lies within their error is not told.",
              ]
            : []),
    ]
}

function exactly(value: number): Measured {
    return { value, low: value, high: value }
}

function exactlyOrNull(value: number | null): Measured | null {
    return value === null ? null : exactly(value)
}
