import type { LessonsReport, LessonTitle } from "../../documents/lessons-report"
import { loadVm } from "../../simulator/node/load-vm"
import { findLesson, listLessons } from "./catalogue"
import { lessonsReport } from "./lessons-report"
import { studyLesson } from "./study"

/** Lessons beside a board that is watched: their programs run on one with as much memory. */
export function lessonTeacher(board: LessonsReport["board"]): {
    lessons(): LessonTitle[]
    lesson(name: string): Promise<LessonsReport>
} {
    return {
        lessons: () => listLessons().map(({ name, section, title }) => ({ name, section, title })),
        async lesson(name) {
            const study = await studyLesson(loadVm(), findLesson(name), { board, speed: false })
            return lessonsReport([study], board)
        },
    }
}
