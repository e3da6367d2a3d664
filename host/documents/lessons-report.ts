import type { Board } from "../boards/board"
import type { Saving } from "../tasks/lesson/catalogue"
import type { Work } from "../tasks/lesson/measure"
import type { Speed } from "../tasks/lesson/speed"
import type { Study } from "../tasks/lesson/study"
import { CLI_VERSION } from "../compiler/node/cli-package"

export const LESSONS_SCHEMA = "heapscope/lessons@1"

/** What `heapscope lesson` prints with `--json` when it has run lessons. `wall` differs every time. */
export interface LessonsReport {
    schema: typeof LESSONS_SCHEMA
    board: { id: string; chip: string; heapBytes: number }
    vm: { version: string }
    lessons: {
        name: string
        section: string
        title: string
        brief: string
        when: string
        complexity: string
        saves: Saving[]
        why: string[]
        code: { wasteful: string; efficient: string }
        log: string[]
        wasteful: Work
        efficient: Work
        /** Efficient to wasteful, `null` against zero. */
        ratios: Record<keyof Work, number | null>
        wall?: Speed
    }[]
}

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

/** `null` against zero: there is none. */
export function ratio(after: number, before: number): number | null {
    return before === 0 ? null : after / before
}
