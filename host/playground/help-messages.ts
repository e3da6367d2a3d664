import type { Completion } from "../compiler/language/code-help"
import type { FileChange } from "./board-messages"

/** What somebody wants to know of a place. */
export type HelpQuestion =
    | { kind: "complete" | "hover" | "signature" }
    | { kind: "describe"; completion: Completion }

/** What the tab tells the worker that knows the program's names. */
export interface ToHelp {
    id: number
    /** What has changed since it was told last. */
    files: FileChange[]
    /** Absolute path of what names are relative to. */
    root: string
    /** Path of the program from there, and of the file that is asked about. */
    entry: string
    file: string
    offset: number
    question: HelpQuestion
}

/** Its answer; of what failed, none. */
export interface FromHelp {
    id: number
    answer: unknown
}
