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
    /** The boards to find out about, each with pins and services of its own. */
    boards: readonly RunOptions["board"][]
    /** Told before each run. */
    onRun?: (entry: string, n: number) => void
}

/**
 * Runs programs with a number at several values, and finds for every board the least with which each dies,
 * exactly: by halving between two values of which one lives. It is taken for granted that a program that
 * dies with some number dies with any larger one.
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
    const { values, boards, onRun, signal } = options
    const programs = new Map<number, Promise<Program>>()
    const point = async (n: number, board: RunOptions["board"]): Promise<SweepPoint> => {
        signal?.throwIfAborted()
        onRun?.(entry, n)
        if (!programs.has(n)) programs.set(n, build(n))
        const program = await programs.get(n)!
        const { report } = await run(module, { ...options, program, board })
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
    for (const n of values) points.push(await point(n, options.board))
    const deaths: SweepDeath[] = []
    const largestFirst = boards.toSorted((a, b) => b.heapBytes - a.heapBytes)
    for (const board of largestFirst) {
        const known = new Map(board === options.board ? points.map(one => [one.n, one]) : [])
        const at = async (n: number) => {
            if (!known.has(n)) known.set(n, await point(n, board))
            return known.get(n)!
        }
        const dies = async (n: number) => (await at(n)).outcome.kind === "panicked"
        const near = deaths.findLast(({ heapBytes }) => heapBytes === board.heapBytes)?.diesFrom
        const diesFrom = await leastOf(values, dies, near ?? undefined)
        const panicName = diesFrom === null ? undefined : known.get(diesFrom)!.outcome.panicName
        add(deaths, board, { diesFrom, ...(panicName && { panicName }) })
    }
    return { entry, points, deaths }
}

/** Boards with as much heap, on which the program dies from the same number on, are told together. */
function add(
    deaths: SweepDeath[],
    { id, heapBytes }: RunOptions["board"],
    found: Pick<SweepDeath, "diesFrom" | "panicName">,
): void {
    const same = deaths.find(
        one =>
            one.heapBytes === heapBytes &&
            one.diesFrom === found.diesFrom &&
            one.panicName === found.panicName,
    )
    if (same) same.boards.push(id)
    else deaths.push({ heapBytes, boards: [id], ...found })
}

/**
 * The least number between the first value and the last of which it is so; null when it is of none.
 * @param near where it is of another board with such a heap: pins make a difference of some bytes
 */
async function leastOf(
    values: readonly number[],
    isSo: (n: number) => Promise<boolean>,
    near: number | undefined,
): Promise<number | null> {
    const [first, last] = [values[0]!, values.at(-1)!]
    const tried =
        near === undefined
            ? [await tryAt(first, isSo), await tryAt(last, isSo)]
            : await around(near, { first, last }, isSo)
    return (await findOnset(tried, isSo, 0))?.firstBad ?? null
}

async function tryAt(value: number, isSo: (n: number) => Promise<boolean>) {
    return { value, isBad: await isSo(value) }
}

/** From a number on in steps that double, until it is so at one of two and not at the other. */
async function around(
    near: number,
    { first, last }: { first: number; last: number },
    isSo: (n: number) => Promise<boolean>,
) {
    let known = await tryAt(near, isSo)
    for (let step = 1; ; step *= 2) {
        const { value, isBad } = known
        const next = isBad ? Math.max(first, value - step) : Math.min(last, value + step)
        if (next === value) return [known]
        const other = await tryAt(next, isSo)
        if (other.isBad !== isBad) return isBad ? [other, known] : [known, other]
        known = other
    }
}
