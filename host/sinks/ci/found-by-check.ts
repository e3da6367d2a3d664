import type { KnownRun } from "../../documents/check/baseline"
import type { RunPictures } from "../../documents/check/pictures"
import type { Check, CheckReport } from "../../documents/check/report"

/** What `check` found. */
export interface FoundByCheck {
    report: CheckReport
    /** The folder that its files are named from, seen from the repository's; empty where that is the same. */
    folder?: string
    /** Of each check, where they were taken. */
    pictures?: ReadonlyMap<Check, CheckPictures>
}

/** What there is to draw of a check. */
export interface CheckPictures extends RunPictures {
    /** What it was before, where that can be compared; its call tree only of what was run for this. */
    before?: Pick<KnownRun, "parts" | "tree"> | undefined
}

/** A check's name: `src/main.ts on pico`. */
export function nameOf({ report: { program, board } }: Check): string {
    return `${program.entry} on ${board.id}`
}
