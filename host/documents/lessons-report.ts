export const LESSONS_SCHEMA = "heapscope/lessons@2"

/**
 * The programs of a lesson: the ordinary way, the best plain code for the same, and the same design with
 * a structure of the library. The last is missing where writing it by hand is the lesson.
 */
export const WAYS = ["wasteful", "byHand", "structure"] as const
export type Way = (typeof WAYS)[number]

/** Something for each program of a lesson. */
export interface EachWay<T> {
    wasteful: T
    byHand: T
    structure?: T
}

/** Something for each program but the ordinary one. */
export type EachBetter<T> = Omit<EachWay<T>, "wasteful">

/** What `heapscope lesson` prints with `--json` when it has run lessons. `wall` differs every time. */
export interface LessonsReport {
    schema: typeof LESSONS_SCHEMA
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    lessons: {
        name: string
        section: string
        title: string
        /** The brief's points that it is about. */
        brief: string[]
        when: string
        complexity: string
        saves: Saving[]
        /** What happens to its programs: a scenario file of the package. Absent where they need nobody. */
        scenario?: string
        /** The constant of its programs that says how much data there is, and between what it may be. */
        n: { constant: string; from: number; to: number }
        /** What its programs promise to take at most, as parts of the ordinary way's. */
        atMost: EachBetter<Promised>
        /** To guess before one looks, and what the VM says. */
        question: Question & { answer: number }
        /** The lesson to take after this one. */
        next?: string
        why: string[]
        /** What the structure adds to the code by hand. */
        adds?: string
        /** Where to read on. */
        links: Link[]
        code: EachWay<string>
        log: string[]
        work: EachWay<Work>
        /** Of each to the ordinary way, `null` against zero. */
        ratios: EachBetter<Ratios>
        wall?: Speed
    }[]
}

/**
 * The heap of a lesson's program from a moment of its measured part to the next: the most that it has there.
 * Bytes are those above what was live when the part began.
 */
export interface HeapMoment {
    /** Time of the board's processor since the part began, as `BoardTime.ms` has it. */
    atMs: number
    usedBytes: number
    liveBytes: number
    /** Collections since the part began. */
    collections: number
}

/** A lesson whose programs have just run, and how the heap of each went: 300 moments at most. */
export interface LessonRun {
    report: LessonsReport
    heaps: EachWay<HeapMoment[]>
}

/** A lesson in a list of them. */
export type LessonTitle = Pick<LessonsReport["lessons"][number], "name" | "section" | "title">

/** Parts of what the ordinary way takes: of the bytes that the lesson is about, and of its board time. */
export interface Promised {
    bytes: number
    boardTime: number
}

export interface Link {
    title: string
    url: string
}

/** Asks for a figure of one of the programs. */
export interface Question {
    ask: string
    of: Way
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

/** Each figure of one program to that of another, `null` against zero. */
export type Ratios = Record<keyof Work, number | null>

/** Real time that the measured parts of a lesson's programs take on this machine. It differs every time. */
export interface Speed {
    /** Times each was run, in turn. */
    rounds: number
    /** The quickest round of each, in milliseconds: what the machine's other work disturbed least. */
    ms: EachWay<number>
    /** Median of the rounds' own ratios to the ordinary way: below 1 is quicker. */
    medianRatio: EachBetter<number>
}
