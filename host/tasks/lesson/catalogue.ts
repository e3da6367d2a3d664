import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { nearest } from "../../base/nearest"
import { packageRoot } from "../../base/node/package-root"
import { WAYS, WORK_FIGURES, type EachWay, type Saving } from "../../documents/lessons-report"
import { SAVINGS } from "../../documents/savings"
import { codeThatMatters } from "./code"
import { eachWay } from "./each-way"

/**
 * The lessons by section, in the order to take them: first steps, then the brief's sections in its order.
 * A folder of `devs/lessons` each.
 */
export const LESSON_SECTIONS = {
    "first steps": ["what-is-a-heap", "keep-last"],
    allocation: ["stack", "heap", "static", "pool"],
    layout: ["ordering", "packed", "aligned", "enum-layout", "zero-size-types", "flag-packing"],
    "avoiding allocation": [
        "references",
        "out-parameter",
        "container-reuse",
        "iterator-chains",
        "string-building",
    ],
    advanced: ["small-vector", "interning", "copy-on-write", "block-pool", "bit-packing"],
    "realistic volumes": ["rush-hour"],
} as const

export const LESSON_NAMES: readonly string[] = Object.values(LESSON_SECTIONS).flat()

const text = v.pipe(v.string(), v.nonEmpty())

const Promised = v.strictObject({ bytes: v.number(), boardTime: v.number() })

const LessonFile = v.strictObject({
    title: text,
    /** The brief's points that it is about, as the brief calls them. */
    brief: v.pipe(v.array(text), v.minLength(1)),
    /** What it is for, after "Use it for". */
    when: text,
    complexity: v.picklist(["low", "medium", "high"]),
    /** The figures it lowers, the one it is for first. */
    saves: v.pipe(v.array(v.picklist(Object.keys(SAVINGS) as Saving[])), v.minLength(1)),
    /** A scenario beside it: what happens to its programs. Absent where they need nobody. */
    scenario: v.exactOptional(text),
    /** The constant of its programs that says how much data there is, and between what it may be. */
    n: v.strictObject({
        constant: v.pipe(v.string(), v.regex(/^[A-Z_]+$/)),
        from: v.number(),
        to: v.number(),
    }),
    /** What its programs take at most, as parts of what the ordinary way takes. */
    atMost: v.strictObject({ byHand: Promised, structure: v.exactOptional(Promised) }),
    /** To guess before one looks: the VM gives the answer. */
    question: v.strictObject({
        ask: text,
        /** The program it is asked of. */
        of: v.picklist(WAYS),
        figure: v.picklist(WORK_FIGURES),
    }),
    /** Plain sentences: what allocates, and how many bytes. */
    why: v.pipe(v.array(text), v.minLength(1)),
    /** What the structure adds to the code by hand, after "With the structure". */
    adds: v.exactOptional(text),
    /** To read on: the VM's own source, and the technique's best-known relative. */
    links: v.pipe(
        v.array(v.strictObject({ title: text, url: v.pipe(v.string(), v.url()) })),
        v.length(2),
    ),
})

/** The file of each program of a lesson. */
export const PROGRAM_FILES = {
    wasteful: "wasteful.ts",
    byHand: "by-hand.ts",
    structure: "structure.ts",
} as const

/** A technique: the ordinary way, the best plain code, and the same with a structure of the library. */
export interface Lesson extends v.InferOutput<typeof LessonFile> {
    name: string
    section: string
    /** The lesson to take after this one. */
    next?: string
    /** Paths of the programs. */
    programs: EachWay<string>
    /** Path of what happens to them; absent where they need nobody. */
    scenario?: string
    /** The part of each that makes the difference. */
    code: EachWay<string>
}

/** The program that a lesson leads to: with the structure, or by hand where that is the lesson. */
export function taughtProgram({ programs }: Lesson): string {
    return programs.structure ?? programs.byHand
}

/** Every lesson, in the order to take them. */
export function listLessons(): Lesson[] {
    return LESSON_NAMES.map(loadLesson)
}

/** @throws UserError when there is no such lesson, naming one that is nearly it */
export function findLesson(name: string): Lesson {
    if (LESSON_NAMES.includes(name)) return loadLesson(name)
    const near = nearest(name, LESSON_NAMES)
    const hint = near === undefined ? "" : ` Did you mean ${near}?`
    throw new UserError(
        "E_UNKNOWN_LESSON",
        `There is no lesson "${name}".${hint} "heapscope lesson" lists them all.`,
    )
}

function loadLesson(name: string): Lesson {
    const folder = join(packageRoot(), "devs/lessons", name)
    const path = join(folder, "lesson.json")
    const parsed = v.safeParse(LessonFile, JSON.parse(readFileSync(path, "utf8")))
    if (!parsed.success) {
        const [issue] = parsed.issues
        throw new Error(`${path}: ${v.getDotPath(issue) ?? "the file"}: ${issue.message}`)
    }
    const [section] = Object.entries(LESSON_SECTIONS).find(([, names]) =>
        (names as readonly string[]).includes(name),
    )!
    const next = LESSON_NAMES[LESSON_NAMES.indexOf(name) + 1]
    const programs = programsIn(folder)
    return {
        name,
        section,
        ...(next !== undefined && { next }),
        ...parsed.output,
        ...(parsed.output.scenario !== undefined && {
            scenario: join(folder, parsed.output.scenario),
        }),
        programs,
        code: eachWay(programs, path => codeThatMatters(readFileSync(path, "utf8"), path)),
    }
}

function programsIn(folder: string): EachWay<string> {
    const path = (way: keyof typeof PROGRAM_FILES) => join(folder, PROGRAM_FILES[way])
    const structure = path("structure")
    return {
        wasteful: path("wasteful"),
        byHand: path("byHand"),
        ...(existsSync(structure) && { structure }),
    }
}
