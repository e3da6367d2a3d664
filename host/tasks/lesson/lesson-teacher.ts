import type { LessonRun, LessonsReport, LessonTitle } from "../../documents/lessons-report"
import { loadVm } from "../../simulator/node/load-vm"
import { findLesson, listLessons } from "./catalogue"
import { lessonsReport } from "./lessons-report"
import { studyLesson } from "./study"

/** Lessons beside a board that is watched: their programs run on one with as much memory. */
export function lessonTeacher(board: LessonsReport["board"]): {
    lessons(): LessonTitle[]
    lesson(name: string): Promise<LessonRun>
} {
    return {
        lessons: () => listLessons().map(({ name, section, title }) => ({ name, section, title })),
        async lesson(name) {
            const options = { board, speed: false, heaps: true }
            const study = await studyLesson(loadVm(), findLesson(name), options)
            return { report: lessonsReport([study], board), heaps: study.heaps! }
        },
    }
}
