import type { StackFrame } from "../../model/figures"
import type { Change } from "../advice"
import type { AimReport } from "../aim"
import type { Outcome } from "../sim-report"

export const FIX_REPORT_SCHEMA = "heapscope/fix-report@1"

/** What `heapscope fix --json` prints: advice carried out as edits, one at a time, each proved by a run. */
export interface FixReport {
    schema: typeof FIX_REPORT_SCHEMA
    program: { entry: string }
    board: { id: string; heapBytes: number }
    /** Each version ran so long, in simulated milliseconds, with this seed. */
    asked: { forMs: number; seed: number }
    before: FixFigures
    /** With all edits that were kept. */
    after: FixFigures
    /** Effects on the world that every version had alike: log lines, pins, buses, packets, connections. */
    effects: number
    /** Advice in the order in which it was tried. */
    changes: FixChange[]
    /** The files that are different now, with the whole difference. */
    files: { file: string; diff: string }[]
    /** Whether the files were written. */
    written: boolean
    /** What it was to come down to, if anything, with all edits that were kept. */
    aim?: AimReport
    /** Somebody stopped it: what was kept until then was proved all the same. */
    interrupted?: boolean
}

/** What one version takes. */
export interface FixFigures {
    outcome: Outcome["kind"]
    /** Bytes reachable at the end of the run, or at its death. */
    liveBytes: number
    highWaterLiveBytes: number
    /** Bytes allocated over the run. */
    allocatedBytes: number
    bytecodeBytes: number
}

/** `kept`: proved; `taken-back`: it was tried and is not as it should be; `not-tried`: no edit is safe here. */
export type FixVerdict = "kept" | "taken-back" | "not-tried"

/** What became of one advice. */
export interface FixChange {
    /** The rule, named after the lesson that shows the technique. */
    rule: string
    at?: StackFrame
    /** What was found, as `sim --advice` says it. */
    what: string
    verdict: FixVerdict
    /** What the edit does. */
    edit?: string
    /** Why it was taken back, or not tried. */
    why?: string
    /** As it was worked out beforehand; from 256 live bytes on those are what the edit is for, else churn. */
    predicted?: FixSaving
    /** As it was measured. */
    measured?: FixSaving
    /** The edit alone, as a unified diff; of one that was taken back, too. */
    diff?: string
}

/** Live bytes at the end, bytes allocated over the run: of the whole program where it was measured. */
export interface FixSaving {
    live?: Change
    churn?: Change
}
