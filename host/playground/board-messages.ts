import type { ErrorCode } from "../base/error-codes"
import type { RecordingHeader } from "../documents/recording-format"
import type { SimReport } from "../documents/sim-report"
import type { Program } from "../model/program/program"

/** A file that changed, by absolute path: without a content, it is gone. */
export type FileChange = [path: string, content: string | Uint8Array | undefined]

/** How a program is run: what the flags of `heapscope sim` say. */
export interface RunFlags {
    /** Id of a board; absent for the one that the program names, or the usual one. */
    board?: string
    /** Size of the heap in place of the board's: `20KiB`. */
    heap?: string
    /** `made-up`, `strict` or `none`. */
    world?: string
    /** A scenario: a JSON file of the project. */
    scenario?: string
    seed?: string
    /** Simulated time to run, `10s`; absent for as long as somebody looks. */
    for?: string
    /** `1x`, `60x`, `max`. */
    speed?: string
}

/** A program, where it is, and how it is run. */
export interface RunRequest {
    /** Absolute: names are relative to it, as where a command is given. */
    cwd: string
    entry: string
    flags: RunFlags
    /** What is named is a recording: it is played. */
    isRecording?: boolean
}

/** What the tab tells the worker that has the board. */
export type ToBoard =
    /** Files that are new, changed or, without content, gone. A program that runs is built anew. */
    | { kind: "files"; files: FileChange[] }
    /** Somebody begins to edit: the compiler is to be there when he is done. */
    | { kind: "editing" }
    /** Ends what runs, and runs this. */
    | { kind: "run"; id: number; run: RunRequest }
    /** Ends what runs. */
    | { kind: "stop" }
    /** What the page asks, as JSON. */
    | { kind: "ask"; text: string }
    /** So many characters were taken. */
    | { kind: "taken"; length: number }
    /** The whole run at once, as `heapscope sim --json` has it. */
    | { kind: "report"; id: number; run: RunRequest; advice?: boolean; leaks?: boolean }
    /** The program, built: for a real board. */
    | { kind: "build"; id: number; run: RunRequest }
    /** What a recording says of itself. */
    | { kind: "header"; id: number; run: RunRequest }

/** Something failed; of what the user did, `message` is for him. */
export interface Failure {
    code: ErrorCode
    message: string
    /** Where the compiler found something. */
    problems: readonly { file: string; line: number; text: string }[]
}

/** What the worker tells. */
export type FromBoard =
    /** It is there. */
    | { kind: "ready" }
    /** All that any program needs is there, or cannot be had: nobody waits for it any more. */
    | { kind: "loaded" }
    /** What it does before the first event, for people. */
    | { kind: "progress"; id: number; text: string }
    /** What is worth knowing of the run. */
    | { kind: "notice"; id: number; text: string }
    /** For the page, as JSON. */
    | { kind: "page"; id: number; text: string }
    /** It could not be run, or broke off. */
    | { kind: "failed"; id: number; failure: Failure }
    /** It has ended, by itself or because it was told to. */
    | { kind: "ended"; id: number }
    | { kind: "report"; id: number; report: SimReport }
    | { kind: "built"; id: number; program: Program }
    | { kind: "header"; id: number; header: RecordingHeader }
