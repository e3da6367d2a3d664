import { isDeepStrictEqual } from "node:util"
import type { Board } from "../../boards/board"
import { buildProgram } from "../../compiler/node/build"
import type { EachWay, HeapMoment, Speed, Work } from "../../documents/lessons-report"
import type { Program } from "../../model/program/program"
import { PROGRAM_FILES, type Lesson } from "./catalogue"
import { eachWay, waysOf } from "./each-way"
import { HeapWatch } from "./heap-watch"
import { LessonError, measureWork } from "./measure"
import { settingOf } from "./setting"
import { measureSpeed } from "./speed"

/** A lesson, its programs run. All but `speed` is the same every time. */
export interface Study {
    lesson: Lesson
    work: EachWay<Work>
    /** What all of them print. */
    log: string[]
    /** How their heaps went, when asked for. */
    heaps?: EachWay<HeapMoment[]>
    /** Present when asked for, and nothing has to happen to them. */
    speed?: Speed
}

export interface StudyOptions {
    board: Pick<Board, "heapBytes">
    /** Times the programs, too, where nothing has to happen to them. */
    speed: boolean
    /** Keeps how their heaps went, too. */
    heaps?: boolean
    signal?: AbortSignal
    onProgress?: (text: string) => void
}

/**
 * Runs the programs of a lesson and measures them.
 * @throws LessonError when one does not run to its end, or they do not print the same
 */
export async function studyLesson(
    module: WebAssembly.Module,
    lesson: Lesson,
    { board, speed, heaps, signal, onProgress }: StudyOptions,
): Promise<Study> {
    onProgress?.(`compiling ${lesson.name}`)
    const programs = await buildLesson(lesson, signal)
    signal?.throwIfAborted()
    const setting = settingOf(lesson)
    const watches = heaps ? eachWay(programs, () => new HeapWatch()) : undefined
    const results = eachWay(programs, (program, way) =>
        measureWork(module, program, board.heapBytes, setting, watches?.[way]),
    )
    const { log } = results.wasteful
    for (const way of waysOf(results))
        if (!isDeepStrictEqual(results[way]!.log, log))
            throw new LessonError(
                `Of lesson ${lesson.name}, ${PROGRAM_FILES[way]} does not print what ${PROGRAM_FILES.wasteful} prints.`,
            )
    // Where something has to happen most of the time passes between.
    const isTimed = speed && !setting
    if (isTimed) onProgress?.(`timing ${lesson.name}`)
    return {
        lesson,
        work: eachWay(results, ({ work }) => work),
        log,
        ...(watches && { heaps: eachWay(watches, ({ moments }) => moments) }),
        ...(isTimed && { speed: measureSpeed(module, programs, board.heapBytes) }),
    }
}

async function buildLesson(
    { programs }: Lesson,
    signal: AbortSignal | undefined,
): Promise<EachWay<Program>> {
    const build = (path: string) => buildProgram(path, { ...(signal && { signal }) })
    return {
        wasteful: await build(programs.wasteful),
        byHand: await build(programs.byHand),
        ...(programs.structure !== undefined && { structure: await build(programs.structure) }),
    }
}
