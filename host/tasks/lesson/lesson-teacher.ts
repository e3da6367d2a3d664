import type { LessonRun, LessonsReport, LessonTitle } from "../../documents/lessons-report"
import { loadVm } from "../../simulator/node/load-vm"
import { findLesson, listLessons } from "./catalogue"

/** Lessons beside a board that is watched: their programs run on one with as much memory. */
export function lessonTeacher(board: LessonsReport["board"]): {
    lessons(): LessonTitle[]
    lesson(name: string): Promise<LessonRun>
} {
    return {
        lessons: () => listLessons().map(({ name, section, title }) => ({ name, section, title })),
        async lesson(name) {
            // A tab fetches it when the first lesson is taken.
            const { studyLesson } = await import("./study")
            const { lessonsReport } = await import("./lessons-report")
            const options = { board, speed: false, heaps: true }
            const study = await studyLesson(loadVm(), findLesson(name), options)
            return { report: lessonsReport([study], board), heaps: study.heaps! }
        },
    }
}
