import type { Board } from "../../boards/board"
import { ratio } from "../../base/ratio"
import { CLI_VERSION } from "../../compiler/cli-version"
import { LESSONS_SCHEMA, type LessonsReport, type Work } from "../../documents/lessons-report"
import type { Study } from "./study"

/** The document of lessons that have run on a board. */
export function lessonsReport(
    studies: readonly Study[],
    { id, chip, heapBytes }: Pick<Board, "id" | "chip" | "heapBytes">,
): LessonsReport {
    return {
        schema: LESSONS_SCHEMA,
        board: { id, chip, heapBytes },
        vm: { version: CLI_VERSION },
        lessons: studies.map(study => {
            const { lesson, log, wasteful, efficient, speed } = study
            const { wasteful: _, efficient: __, ...facts } = lesson
            return {
                ...facts,
                question: { ...lesson.question, answer: answerOf(study) },
                log,
                wasteful,
                efficient,
                ratios: ratios(wasteful, efficient),
                ...(speed && { wall: speed }),
            }
        }),
    }
}

/** What the VM says to the question of a lesson. */
export function answerOf(study: Study): number {
    const { of, figure } = study.lesson.question
    return study[of][figure]
}

function ratios(wasteful: Work, efficient: Work): Record<keyof Work, number | null> {
    const names = Object.keys(wasteful) as (keyof Work)[]
    return Object.fromEntries(
        names.map(name => [name, ratio(efficient[name], wasteful[name])]),
    ) as Record<keyof Work, number | null>
}
