import type { CheckReport } from "./report"

export const BISECT_SCHEMA = "heapscope/bisect@1"

/** The document `bisect --json` prints. */
export interface BisectReport {
    schema: typeof BISECT_SCHEMA
    /** In full, as are all commits. */
    good: string
    bad: string
    /** Commits that were looked at, in that order. */
    tried: {
        commit: string
        /** The first line of its message. */
        subject: string
        /** `skipped` is one of which nobody can tell. */
        verdict: "good" | "bad" | "skipped"
        /** Of one that was skipped: why. */
        because?: string
    }[]
    /** The first bad one; several, oldest first, where those between could not be told. */
    culprits: { commit: string; subject: string }[]
    /** The first bad one against the commit before it; absent where there are several. */
    check?: CheckReport
}
