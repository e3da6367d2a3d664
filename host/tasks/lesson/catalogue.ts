import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as v from "valibot"
import { UserError } from "../../base/errors"
import { nearest } from "../../base/nearest"
import { packageRoot } from "../../base/node/package-root"
import { WORK_FIGURES, type Saving } from "../../documents/lessons-report"
import { SAVINGS } from "../../documents/savings"
import { codeThatMatters } from "./code"

/**
 * The lessons by section, in the order to take them: first steps, then the brief's sections in its order.
 * A folder of `devs/lessons` each.
 */
export const LESSON_SECTIONS = {
    "first steps": ["what-is-a-heap", "keep-last"],
    allocation: ["stack", "heap", "static", "pool"],
    layout: ["ordering", "packed", "aligned", "enum-layout", "zero-size-types", "flag-packing"],
    "avoiding allocation": ["references", "container-reuse", "iterator-chains", "string-building"],
    advanced: ["small-vector", "interning", "copy-on-write", "block-pool", "bit-packing"],
} as const

export const LESSON_NAMES: readonly string[] = Object.values(LESSON_SECTIONS).flat()

const text = v.pipe(v.string(), v.nonEmpty())

const LessonFile = v.strictObject({
    title: text,
    /** The technique as the brief calls it. */
    brief: text,
    /** What it is for, after "Use it for". */
    when: text,
    complexity: v.picklist(["low", "medium", "high"]),
    /** The figures it lowers, the one it is for first. */
    saves: v.pipe(v.array(v.picklist(Object.keys(SAVINGS) as Saving[])), v.minLength(1)),
    /** To guess before one looks: the VM gives the answer. */
    question: v.strictObject({
        ask: text,
        /** The program it is asked of. */
        of: v.picklist(["wasteful", "efficient"]),
        figure: v.picklist(WORK_FIGURES),
    }),
    /** Plain sentences: what allocates, and how many bytes. */
    why: v.pipe(v.array(text), v.minLength(1)),
})

/** A technique, the program that uses it and its wasteful twin. */
export interface Lesson extends v.InferOutput<typeof LessonFile> {
    name: string
    section: string
    /** The lesson to take after this one. */
    next?: string
    /** Paths of the two programs. */
    wasteful: string
    efficient: string
    /** The part of each that makes the difference. */
    code: { wasteful: string; efficient: string }
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
    const wasteful = join(folder, "wasteful.ts")
    const efficient = join(folder, "efficient.ts")
    return {
        name,
        section,
        ...(next !== undefined && { next }),
        ...parsed.output,
        wasteful,
        efficient,
        code: {
            wasteful: codeThatMatters(readFileSync(wasteful, "utf8"), wasteful),
            efficient: codeThatMatters(readFileSync(efficient, "utf8"), efficient),
        },
    }
}
