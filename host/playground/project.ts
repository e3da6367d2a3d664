import type { RunFlags } from "./board-messages"

/** Where a project of the reader's own is, in the tab. */
export const PROJECT_ROOT = "/project"
/** Where the package's own programs are. */
export const PACKAGE_ROOT = "/heapscope"

/** Where a file of the reader's is that is opened as it is. */
export const OPENED_ROOT = "/opened"

/** A program with its files, and how it is run: what is opened, edited, shared and kept. */
export interface Project {
    title: string
    /** What names are relative to: a folder of the reader's own, or the package's, as its lessons import from there. */
    root: typeof PROJECT_ROOT | typeof PACKAGE_ROOT | typeof OPENED_ROOT
    /** Path of the program from there. */
    entry: string
    /** Texts by path from there: what the editor shows. */
    files: Record<string, string>
    flags: RunFlags
    /** Absent for what can be edited. */
    opened?: OpenedFile
}

/** What was opened as it is: nothing of it is edited, shared or saved. */
export interface OpenedFile {
    kind: "bytecode" | "recording"
    /** Contents by path from the root. */
    data: ReadonlyMap<string, Uint8Array>
    /** What there is to know of it, for people. */
    about: string
}

/** The package's own `package.json`, as far as the compiler reads it. */
export const PACKAGE_FILE = `{
    "name": "heapscope",
    "main": "src/index.ts",
    "types": "src/index.ts",
    "devicescript": { "library": true }
}
`

/** What makes a folder a DeviceScript project, where the project has no such file of its own. */
export const PROJECT_FILES: Readonly<Record<string, string>> = {
    "devsconfig.json": "{}\n",
    "package.json": '{ "name": "playground", "private": true }\n',
}
