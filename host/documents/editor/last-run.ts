/** What an editor shows of the last `profile` of a project. Kept for the user, never printed. */
export interface LastProfile {
    schema: "heapscope/last-profile@1"
    /** The program, from the project's folder, with forward slashes. */
    entry: string
    board: { id: string }
    /** Simulated time that it ran. */
    ranMs: number
    /** When that was, in milliseconds since 1970. */
    atMs: number
    /** All that was allocated, call frames and the runtime's own blocks included. */
    total: LineFigures
    /** Lines of the program that allocated, what libraries did for them included; the heaviest first. */
    lines: (LineFigures & Place)[]
}

export interface LineFigures {
    bytes: number
    allocations: number
    /** Of what is live at the end. */
    liveBytes: number
}

/** A line of a source as it was then: it may have moved since. */
export interface Place {
    /** Absolute path. */
    file: string
    /** From 1. */
    line: number
    /** Without what is around it. */
    text: string
}

/** The same of the last `check`: what was not as it should be. */
export interface LastCheck {
    schema: "heapscope/last-check@1"
    atMs: number
    problems: Problem[]
}

export interface Problem extends Place {
    message: string
    level: "error" | "warning"
    /** `outcome`, `leak`, or the figure that has a budget. */
    code: string
    /** `src/main.ts on pico`. */
    of: string
    /** The other lines that have a part in it. */
    others: (Place & { message: string })[]
}
