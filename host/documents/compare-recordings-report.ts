import type { Judgement } from "./judgement"
import type { MetricUnit } from "./compare-report"
import type { StructureWorth } from "../model/events"
import type { StackFrame } from "./sim-report"

export const COMPARE_RECORDINGS_SCHEMA = "heapscope/compare-recordings@1"

/** Two recordings side by side: what `heapscope compare old.ndjson new.ndjson --json` prints. */
export interface CompareRecordingsReport {
    schema: typeof COMPARE_RECORDINGS_SCHEMA
    a: RecordingSummary
    b: RecordingSummary
    /** What to know when reading it, a sentence each: that boards or lengths differ, that figures are estimates. */
    notes: string[]
    /** In the order of `RECORDED_METRICS`. */
    rows: RecordedRow[]
    /** Every cause that either died of. */
    deaths: RecordedDeaths[]
    /** Every structure that either told of, by name. */
    structures: RecordedStructure[]
}

/** What was recorded of one program. */
export interface RecordingSummary {
    /** As it was named. */
    file: string
    /** `sha256` of the bytecode, in hex, where the board told it. */
    program: { entry: string; sha256?: string }
    board: { id: string; chip: string; heapBytes: number }
    /** Version of DeviceScript, where it is known. */
    vm: { version: string | null }
    /** When the recording began, ISO 8601. */
    startedAt: string
    /** Milliseconds that the board was listened to. */
    recordedMs: number
    samples: number
    /** Of the samples, those that the agent's probes estimate: they have an error. */
    estimates: number
    deaths: number
    restarts: number
    /** Milliseconds of what was recorded until the program first died; null when it did not. */
    firstDeathMs: number | null
    judgement: Judgement
}

/**
 * What comes of a comparison. `better` and `worse` are said of b; `other` is a difference that is
 * neither; `same`: exactly; `not-told`: it lies within the error, or was not recorded long enough.
 */
export type Told = "better" | "worse" | "other" | "same" | "not-told"

/** A figure and where it surely lies. `high` is null where nothing bounds it from above. */
export interface Measured {
    value: number
    low: number
    high: number | null
}

/** One figure of both recordings; null where a recording has none. */
export interface RecordedRow {
    metric: RecordedMetric
    unit: RecordedUnit
    a: Measured | null
    b: Measured | null
    told: Told
}

export type RecordedUnit = Extract<MetricUnit, "bytes" | "bytes-per-second" | "ms"> | "per-hour"

export interface RecordedDeaths {
    /** `DEVS_PANIC_*` of DeviceScript; 0 a fault of the firmware. */
    code: number
    name: string
    message: string
    /** Where the last one was, where that is known: of b, else of a. */
    at?: StackFrame
    /** How often. */
    a: number
    b: number
    told: Told
}

export interface RecordedStructure {
    name: string
    /** Null where a recording does not know it. */
    a: StructureUse | null
    b: StructureUse | null
    highWaterMark: Told
    /** Told by how often it refused in an hour. */
    refused: Told
    /** Told by the share of what it was asked for that it had; absent where none of both counts that. */
    worth?: Told
}

/** Use of a structure over a recording, in its elements. */
export interface StructureUse {
    capacity: number
    highWaterMark: number
    /** While it was recorded. */
    refused: number
    /** Of caches, interners and pools: how often it was asked while it was recorded, and had it already. */
    worth?: Pick<StructureWorth, "kind" | "asked" | "hits">
}

/** The figures that are compared, in their order. */
export const RECORDED_METRICS = [
    "time to death",
    "median live",
    "most live",
    "median used",
    "most used",
    "median largest hole",
    "least largest hole",
    "collections",
    "churn",
    "deaths",
    "restarts",
] as const

export type RecordedMetric = (typeof RECORDED_METRICS)[number]
