/**
 * Heapscope for programs: everything the command line does, as functions. `import ... from "heapscope/host"`,
 * in Node. Paths are relative to `cwd`, times and sizes are text with a unit or numbers of milliseconds and
 * bytes, and whatever fails is a `HeapscopeError` with a `code`.
 */
export { buildProgram as build, type BuildOptions } from "../compiler/node/build"
export { listBoards as boards } from "../boards/node/find-board"
export { simulate, type Simulation, type SimulateOptions } from "./simulate"
export { profile, type ProfileOptions } from "./profile"
export {
    diffSnapshots,
    takeSnapshot,
    toChromeHeapSnapshot,
    type SnapshotOptions,
} from "./snapshots"
export { check, type CheckOptions } from "./check"
export { loadScenario } from "./load-scenario"
export type { LoadedScenario } from "./scenario/loaded-scenario"
export { readRecording, watch, type Recording, type WatchOptions, type WatchTarget } from "./watch"
export { HeapscopeError } from "../base/errors"

export type { ErrorCode } from "../base/error-codes"
export type { Board } from "../boards/board"
export type { Program } from "../model/program/program"
export type { MemoryEvent } from "../model/events"
export type { SimReport } from "../documents/sim-report"
export type { ProfileReport } from "../documents/profile-report"
export type { Snapshot } from "../documents/snapshot"
export type { DiffReport } from "../documents/diff-report"
export type { CheckReport } from "../documents/check/report"
export type { Baseline } from "../documents/check/baseline"
export type { AllocatingLine } from "../tasks/allocating-lines"
export type { Duration, RunSettings, Size } from "./run-settings"
