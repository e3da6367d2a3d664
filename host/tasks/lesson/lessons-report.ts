import { relative } from "node:path"
import type { Board } from "../../boards/board"
import { packageRoot } from "../../base/node/package-root"
import { withSlashes } from "../../base/node/with-slashes"
import { ratio } from "../../base/ratio"
import { CLI_VERSION } from "../../compiler/cli-version"
import {
    LESSONS_SCHEMA,
    type LessonsReport,
    type Ratios,
    type Work,
} from "../../documents/lessons-report"
import type { Lesson } from "./catalogue"
import { eachBetter } from "./each-way"
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
            const { lesson, log, work, speed } = study
            return {
                ...publicFacts(lesson),
                question: { ...lesson.question, answer: answerOf(study) },
                log,
                work,
                ratios: eachBetter(work, better => ratios(work.wasteful, better)),
                ...(speed && { wall: speed }),
            }
        }),
    }
}

/** What is told of a lesson, without paths of this machine. */
export function publicFacts({ programs: _, scenario, ...facts }: Lesson) {
    return {
        ...facts,
        ...(scenario !== undefined && { scenario: withSlashes(relative(packageRoot(), scenario)) }),
    }
}

/** What the VM says to the question of a lesson. */
export function answerOf({ lesson: { question }, work }: Study): number {
    return work[question.of]![question.figure]
}

function ratios(wasteful: Work, better: Work): Ratios {
    const names = Object.keys(wasteful) as (keyof Work)[]
    return Object.fromEntries(
        names.map(name => [name, ratio(better[name], wasteful[name])]),
    ) as Ratios
}
