/** `heapscope doctor --json`: what of a machine and its board is fit for the work, and what mends the rest. */
export interface DoctorReport {
    schema: "heapscope/doctor@1"
    /** Nothing is bad. */
    passed: boolean
    checks: DoctorCheck[]
}

/** `good`; `warning`: something is missed, but not by everybody; `bad`: it has to be mended; `unknown`: not told. */
export type DoctorStatus = "good" | "warning" | "bad" | "unknown"

export interface DoctorCheck {
    /** What was looked at: `node`, `packages`, `project`, `ports`, `port`, `boot-mode`, `board`, `firmware`, `program`. */
    id: string
    status: DoctorStatus
    /** What was found, in a sentence. */
    message: string
    /** What mends it: commands to type, in order; empty where there is none to mend. */
    commands: string[]
    /** What mends it that is no command, or what to know of it. */
    hint?: string
}
