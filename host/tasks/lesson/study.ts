import { isDeepStrictEqual } from "node:util"
import type { Board } from "../../boards/board"
import { buildProgram } from "../../compiler/node/build"
import type { Lesson } from "./catalogue"
import { LessonError, measureWork } from "./measure"
import type { Work } from "../../documents/lessons-report"
import { measureSpeed } from "./speed"
import type { Speed } from "../../documents/lessons-report"

/** A lesson, both its programs run. All but `speed` is the same every time. */
export interface Study {
    lesson: Lesson
    wasteful: Work
    efficient: Work
    /** What both print. */
    log: string[]
    /** Present when asked for. */
    speed?: Speed
}

export interface StudyOptions {
    board: Pick<Board, "heapBytes">
    /** Times both programs, too. */
    speed: boolean
    signal?: AbortSignal
    onProgress?: (text: string) => void
}

/**
 * Runs both programs of a lesson and measures them.
 * @throws LessonError when one does not run to its end, or they do not print the same
 */
export async function studyLesson(
    module: WebAssembly.Module,
    lesson: Lesson,
    { board, speed, signal, onProgress }: StudyOptions,
): Promise<Study> {
    const build = (path: string) => buildProgram(path, { ...(signal && { signal }) })
    onProgress?.(`compiling ${lesson.name}`)
    const programs = {
        wasteful: await build(lesson.wasteful),
        efficient: await build(lesson.efficient),
    }
    signal?.throwIfAborted()
    const wasteful = measureWork(module, programs.wasteful, board.heapBytes)
    const efficient = measureWork(module, programs.efficient, board.heapBytes)
    if (!isDeepStrictEqual(wasteful.log, efficient.log))
        throw new LessonError(`The two programs of lesson ${lesson.name} do not print the same.`)
    if (speed) onProgress?.(`timing ${lesson.name}`)
    return {
        lesson,
        wasteful: wasteful.work,
        efficient: efficient.work,
        log: wasteful.log,
        ...(speed && {
            speed: measureSpeed(module, programs.wasteful, programs.efficient, board.heapBytes),
        }),
    }
}
