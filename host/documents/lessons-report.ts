export const LESSONS_SCHEMA = "heapscope/lessons@1"

/** What `heapscope lesson` prints with `--json` when it has run lessons. `wall` differs every time. */
export interface LessonsReport {
    schema: typeof LESSONS_SCHEMA
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    lessons: {
        name: string
        section: string
        title: string
        brief: string
        when: string
        complexity: string
        saves: Saving[]
        /** To guess before one looks, and what the VM says. */
        question: Question & { answer: number }
        /** The lesson to take after this one. */
        next?: string
        why: string[]
        code: { wasteful: string; efficient: string }
        log: string[]
        wasteful: Work
        efficient: Work
        /** Efficient to wasteful, `null` against zero. */
        ratios: Record<keyof Work, number | null>
        wall?: Speed
    }[]
}

/** Asks for a figure of one of the two programs. */
export interface Question {
    ask: string
    of: "wasteful" | "efficient"
    figure: keyof Work
}

/** A figure that lessons lower: live bytes, their high-water mark, or the bytes allocated. */
export type Saving = "live" | "peak" | "churn"

/** What is measured of a program's part. */
export const WORK_FIGURES = [
    "peakLiveBytes",
    "liveBytes",
    "allocatedBytes",
    "allocations",
    "collections",
    "instructions",
    "boardTimeMs",
    "bytecodeBytes",
] as const satisfies (keyof Work)[]

/** What one program's measured part costs. The same program costs the same every time. */
export interface Work {
    /** The most bytes live at once during the part, above those live when it began. */
    peakLiveBytes: number
    /** Bytes live when the part ends, above those live when it began: what the data kept takes. */
    liveBytes: number
    /** Bytes allocated: churn. Call frames count. */
    allocatedBytes: number
    allocations: number
    collections: number
    /** Bytecode instructions executed. They do not see what built-in functions and collections take. */
    instructions: number
    /** Time of the board's processor, built-in functions and collections included, as `BoardTime.ms` has it. */
    boardTimeMs: number
    /** Bytes of the whole compiled program, in flash. */
    bytecodeBytes: number
}

/** Real time that the measured parts of two programs take on this machine. It differs every time. */
export interface Speed {
    /** Times each was run, alternately. */
    rounds: number
    /** The quickest round of each, in milliseconds: what the machine's other work disturbed least. */
    wastefulMs: number
    efficientMs: number
    /** Median of the rounds' own ratios, efficient to wasteful: below 1 the efficient one is quicker. */
    medianRatio: number
}
