import { breakEvens } from "../analysis/sweep"
import { CLI_VERSION } from "../compiler/cli-version"
import {
    SWEEP_SCHEMA,
    type SweepDeath,
    type SweepPoint,
    type SweepReport,
    type SweepSeries,
} from "../documents/sweep-report"
import type { Program } from "../model/program/program"
import { run, type RunOptions } from "../simulator/run"
import { findOnset } from "./sweep"

/** A program that a number goes into. */
export interface Swept {
    entry: string
    /** @throws CompileError for a value with which it does not compile */
    build: (n: number) => Promise<Program>
}

/** How a sweep runs. */
export interface SweepOptions extends Omit<RunOptions, "program"> {
    /** What the number is called. */
    name: string
    /** Ascending. */
    values: readonly number[]
    /** The sizes of heap to find out about, and the boards that have them. */
    heaps: readonly Omit<SweepDeath, "diesFrom">[]
    /** Told before each run. */
    onRun?: (entry: string, n: number) => void
}

/**
 * Runs programs with a number at several values, and finds for every size of heap the least with which
 * each dies, exactly: by halving between two values of which one lives. It is taken for granted that a
 * program that dies with some number dies with any larger one.
 * @throws the signal's reason when it is interrupted
 */
export async function sweepProgram(
    module: WebAssembly.Module,
    programs: readonly Swept[],
    options: SweepOptions,
): Promise<SweepReport> {
    const series: SweepSeries[] = []
    for (const swept of programs) series.push(await sweepOne(module, swept, options))
    const { board, name, forMs } = options
    return {
        schema: SWEEP_SCHEMA,
        name,
        board: { id: board.id, chip: board.chip, heapBytes: board.heapBytes },
        vm: { version: CLI_VERSION },
        forMs,
        series,
        breakEvens: breakEvens(series),
    }
}

async function sweepOne(
    module: WebAssembly.Module,
    { entry, build }: Swept,
    options: SweepOptions,
): Promise<SweepSeries> {
    const { board, values, heaps, onRun, signal } = options
    const programs = new Map<number, Promise<Program>>()
    const point = async (n: number, heapBytes: number): Promise<SweepPoint> => {
        signal?.throwIfAborted()
        onRun?.(entry, n)
        if (!programs.has(n)) programs.set(n, build(n))
        const program = await programs.get(n)!
        const all = { ...options, program, board: { ...board, heapBytes } }
        const { report } = await run(module, all)
        signal?.throwIfAborted()
        const { kind, panicName } = report.outcome
        return {
            n,
            outcome: { kind, ...(panicName && { panicName }) },
            liveBytes: report.heap.highWaterLiveBytes,
            allocatedBytes: report.gc.allocatedBytes,
            boardTimeMs: report.boardTime.ms,
            bytecodeBytes: report.program.bytecodeBytes,
        }
    }
    const points: SweepPoint[] = []
    for (const n of values) points.push(await point(n, board.heapBytes))
    const deaths: SweepDeath[] = []
    for (const heap of heaps) {
        const dies = async (n: number) =>
            (heap.heapBytes === board.heapBytes &&
                points.find(known => known.n === n)?.outcome.kind === "panicked") ||
            (await point(n, heap.heapBytes)).outcome.kind === "panicked"
        deaths.push({ ...heap, diesFrom: await leastOf(values, dies) })
    }
    return { entry, points, deaths }
}

/** The least number between the first value and the last of which it is so; null when it is of none. */
async function leastOf(
    values: readonly number[],
    isSo: (n: number) => Promise<boolean>,
): Promise<number | null> {
    const [first, last] = [values[0]!, values.at(-1)!]
    if (!(await isSo(last))) return null
    const ends = [
        { value: first, isBad: await isSo(first) },
        { value: last, isBad: true },
    ]
    return (await findOnset(ends, isSo, 0))!.firstBad
}
