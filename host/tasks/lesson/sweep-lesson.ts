import { isDeepStrictEqual } from "node:util"
import type { Board } from "../../boards/board"
import { CLI_VERSION } from "../../compiler/cli-version"
import {
    LESSON_SWEEP_SCHEMA,
    type Death,
    type LessonSweep,
    type PointWork,
    type SweepPoint,
} from "../../documents/lesson-sweep"
import type { EachWay, Way } from "../../documents/lessons-report"
import { SAVINGS } from "../../documents/savings"
import type { Program } from "../../model/program/program"
import { buildWith, findConstant, findOnset, valuesBetween, type NamedConstant } from "../sweep"
import type { Lesson } from "./catalogue"
import { eachBetter, eachWay, waysOf } from "./each-way"
import { LessonError, measureWork, type WorkResult } from "./measure"
import { settingOf, type Setting } from "./setting"

/** How many values of n are measured unless it is said. */
const POINTS = 7
/** How nearly it is found out where a program dies, as a part of n. */
const PRECISION = 0.02

export interface LessonSweepOptions {
    board: Pick<Board, "id" | "chip" | "heapBytes">
    /** All boards there are: their heaps are where programs die. */
    boards: readonly Pick<Board, "id" | "heapBytes">[]
    /** How many values of n to measure. */
    points?: number
    signal?: AbortSignal
    onProgress?: (text: string) => void
}

/** What came of a program with an n on a heap. */
type Outcome = WorkResult | { panic: number }

/**
 * Runs the programs of a lesson with less and more data than it has: what they take, from which n on the
 * better ones are better, and where each dies.
 * @throws LessonError when two of them do not print the same
 */
export async function sweepLesson(
    module: WebAssembly.Module,
    lesson: Lesson,
    { board, boards, points: count = POINTS, signal, onProgress }: LessonSweepOptions,
): Promise<LessonSweep> {
    const { constant: name, from, to } = lesson.n
    const setting = settingOf(lesson)
    const constants = eachWay(lesson.programs, path => findConstant(path, name))
    const built = new Map<string, Promise<Program>>()
    const run = async (way: Way, n: number, heapBytes: number): Promise<Outcome> => {
        signal?.throwIfAborted()
        const key = `${way} ${n}`
        if (!built.has(key)) {
            onProgress?.(`${lesson.name}, ${name} = ${n}`)
            const path = lesson.programs[way]!
            const options = signal ? { signal } : {}
            built.set(key, buildWith(path, constants[way] as NamedConstant, n, options))
        }
        return outcomeOf(module, await built.get(key)!, heapBytes, setting)
    }
    const ways = waysOf(lesson.programs)
    const values = valuesBetween(from, to, count)
    const points: SweepPoint[] = []
    for (const n of values) {
        const outcomes: Partial<Record<Way, Outcome>> = {}
        for (const way of ways) outcomes[way] = await run(way, n, board.heapBytes)
        checkSame(lesson, n, Object.values(outcomes))
        points.push({
            n,
            programs: eachWay(outcomes as EachWay<Outcome>, outcome => pointOf(lesson, outcome)),
        })
    }
    const heaps = [...new Set(boards.map(({ heapBytes }) => heapBytes))].sort((a, b) => b - a)
    const deaths: LessonSweep["deaths"] = []
    for (const heapBytes of heaps) {
        const found: Partial<Record<Way, Death | null>> = {}
        for (const way of ways) found[way] = await deathOf(values, n => run(way, n, heapBytes))
        deaths.push({
            heapBytes,
            boards: boards.filter(one => one.heapBytes === heapBytes).map(({ id }) => id),
            from: found as EachWay<Death | null>,
        })
    }
    const { id, chip, heapBytes } = board
    return {
        schema: LESSON_SWEEP_SCHEMA,
        board: { id, chip, heapBytes },
        vm: { version: CLI_VERSION },
        lesson: lesson.name,
        constant: name,
        saves: lesson.saves[0]!,
        points,
        breakEven: eachBetter(lesson.programs, (_, way) => breakEven(points, way)),
        deaths,
    }
}

function outcomeOf(
    module: WebAssembly.Module,
    program: Program,
    heapBytes: number,
    setting: Setting | undefined,
): Outcome {
    try {
        return measureWork(module, program, heapBytes, setting)
    } catch (error) {
        if (error instanceof LessonError && error.panic !== undefined) return { panic: error.panic }
        throw error
    }
}

function checkSame({ name }: Lesson, n: number, outcomes: Outcome[]): void {
    const logs = outcomes.flatMap(outcome => ("log" in outcome ? [outcome.log] : []))
    if (logs.some(log => !isDeepStrictEqual(log, logs[0])))
        throw new LessonError(`The programs of lesson ${name} do not print the same with n = ${n}.`)
}

function pointOf(lesson: Lesson, outcome: Outcome): PointWork {
    if ("panic" in outcome) return outcome
    const { figure } = SAVINGS[lesson.saves[0]!]
    return { bytes: outcome.work[figure], boardTimeMs: outcome.work.boardTimeMs }
}

async function deathOf(
    values: readonly number[],
    run: (n: number) => Promise<Outcome>,
): Promise<Death | null> {
    let panic = 0
    const isBad = async (n: number) => {
        const outcome = await run(n)
        if ("panic" in outcome) panic = outcome.panic
        return "panic" in outcome
    }
    const tried: { value: number; isBad: boolean }[] = []
    for (const value of values) {
        tried.push({ value, isBad: await isBad(value) })
        if (tried.at(-1)!.isBad) break
    }
    const onset = await findOnset(tried, isBad, PRECISION)
    return onset ? { ...onset, panic } : null
}

/** The ordinary way takes more where it dies. */
function breakEven(points: readonly SweepPoint[], way: "byHand" | "structure"): number | null {
    let from: number | null = null
    for (const { n, programs } of points.toReversed()) {
        const { wasteful, [way]: better } = programs
        if (better === undefined || "panic" in better) continue
        if ("bytes" in wasteful && better.bytes >= wasteful.bytes) break
        from = n
    }
    return from
}
