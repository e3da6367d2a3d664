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
        lessons: studies.map(({ lesson, log, wasteful, efficient, speed }) => {
            const { wasteful: _, efficient: __, ...facts } = lesson
            return {
                ...facts,
                log,
                wasteful,
                efficient,
                ratios: ratios(wasteful, efficient),
                ...(speed && { wall: speed }),
            }
        }),
    }
}

function ratios(wasteful: Work, efficient: Work): Record<keyof Work, number | null> {
    const names = Object.keys(wasteful) as (keyof Work)[]
    return Object.fromEntries(
        names.map(name => [name, ratio(efficient[name], wasteful[name])]),
    ) as Record<keyof Work, number | null>
}
