import type { Project } from "./project"

/** A board to choose. */
export interface BoardTitle {
    id: string
    name: string
    chip: string
    heapBytes: number
}

/** A program that comes along: its files are in `rest.json`. */
export interface ExampleTitle {
    /** As its address has it: `station`, `lesson/pool`. */
    id: string
    title: string
    section: string
    root: Project["root"]
    entry: string
    /** Programs to run in place of it, with it. */
    ways: { title: string; entry: string }[]
    /** Paths of its files, from `root`. */
    files: string[]
    flags: Project["flags"]
}

/** What there is to open and to choose: the site's `catalogue.json`. */
export interface Catalogue {
    version: string
    boards: BoardTitle[]
    examples: ExampleTitle[]
    /** What is open when nobody says otherwise. */
    first: Project
}
