import type { RunFlags } from "./board-messages"

/** Where a project of the reader's own is, in the tab. */
export const PROJECT_ROOT = "/project"
/** Where the package's own programs are. */
export const PACKAGE_ROOT = "/heapscope"

/** A program with its files, and how it is run: what is opened, edited, shared and kept. */
export interface Project {
    title: string
    /** What names are relative to: a folder of the reader's own, or the package's, as its lessons import from there. */
    root: typeof PROJECT_ROOT | typeof PACKAGE_ROOT
    /** Path of the program from there. */
    entry: string
    /** Texts by path from there: what the editor shows. */
    files: Record<string, string>
    flags: RunFlags
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
