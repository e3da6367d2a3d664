import type { LayoutReport } from "./layout-report"

/** The types that a program's own sources declare, laid out for the board that it runs on. */
export interface ProgramLayouts {
    /** One for each file that declares some, as `heapscope layout --json` prints it. */
    reports: LayoutReport[]
    /** The interfaces, types and classes that are no records. */
    unread: {
        file: string
        name: string
        /** From 1. */
        line: number
        why: string
    }[]
}
