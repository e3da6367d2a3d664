import { availableParallelism } from "node:os"
import { checkReport, checkRun } from "../analysis/check"
import { formatBytesExact } from "../base/format-units"
import { UserError } from "../base/errors"
import { findBoard, listBoards } from "../boards/node/find-board"
import { findRun, type Baseline } from "../documents/check/baseline"
import type { RunPictures } from "../documents/check/pictures"
import type { Check, CheckReport, Expectations, Shard } from "../documents/check/report"
import type { BudgetsConfig } from "../documents/config"
import { capacityFor } from "../model/heap/heap-memory"
import type { Program } from "../model/program/program"
import { loadVm } from "../simulator/node/load-vm"
import type { RunProgress } from "../simulator/run"
import { runAll, type PlannedRun } from "./threads/run-all"
import { programOf, type ProgramOrEntry } from "./program"
import { readBudgets, type BudgetNameOf } from "./check/read-budget"
import {
    checkLongEnough,
    LEAKS_FOR,
    readRunSettings,
    type Duration,
    type NameOf,
    type RunSettings,
    type Size,
} from "./run-settings"

export interface CheckOptions extends Omit<RunSettings, "sample" | "board" | "for"> {
    /**
     * The boards to run on: ids or *.board.json files; `all` for all there are. Default: the one that each
     * program imports as `@dsboard/...`, else `pico`.
     */
    boards?: readonly string[] | "all"
    /** Simulated time to run. Default: `10m`, and by itself up to `1h` while something grows. */
    for?: Duration
    /** What figures may be, by their names: `{ live: "20kB", churn: "+2%" }`. */
    budgets?: BudgetsConfig
    /** The most that may be live at once: short for `budgets.live`, as are those below for theirs. */
    maxLive?: Size
    /** The most board time over the run. */
    maxBoardTime?: Duration
    /** The most calls that may be open at once, of the VM's 100. */
    maxCalls?: number | string
    /** The most bytes that the frames of a fiber's calls may take. */
    maxFrames?: Size
    /** The most instructions without waiting, of the VM's 131,072. */
    maxTurn?: number | string
    /** Containers that may grow, by the names that a failed check gives them. */
    accept?: readonly string[]
    /** Ends the checks: they reject with the signal's reason. */
    signal?: AbortSignal
    /** Told of each check as soon as it and all before it are done. */
    onChecked?: (check: Check, pictures?: RunPictures) => void
    /** What programs took before: budgets may be relative to it, and the report says what changed. */
    baseline?: Baseline
    /** Runs at once. Default: as many as there are cores. */
    jobs?: number
}

/** What is short for a budget. */
export const SHORT = {
    ...{ maxLive: "live", maxBoardTime: "boardTime", maxCalls: "calls" },
    ...{ maxFrames: "frames", maxTurn: "turn" },
} as const

type ShortName = keyof typeof SHORT
const SHORT_NAMES = Object.keys(SHORT) as ShortName[]

/** What still grows is followed this long, when nobody said how long to run: until it stops, or dies. */
const SETTLE_MS = 3_600_000

/**
 * Runs programs on boards and holds each run against what may be expected of it: that it does not die,
 * that nothing in it grows without an end, that it stays within its budgets.
 * @throws HeapscopeError as `simulate` does. A check that is not passed is no error: `passed` says so
 */
export async function check(
    programs: ProgramOrEntry | readonly ProgramOrEntry[],
    options: CheckOptions = {},
): Promise<CheckReport> {
    const list = typeof programs === "object" && "length" in programs ? programs : [programs]
    const report = await runChecks(planChecks(list, options), options)
    if (report.interrupted) options.signal?.throwIfAborted()
    return report
}

/** One of the programs, how to run it on each board, and what each run is held against. */
export interface PlannedCheck<T> {
    program: T
    runs: PlannedRun[]
    expected: Expectations
}

/** All that can be found out before anything is built. @throws UserError naming the setting */
export function planChecks<T extends ProgramOrEntry>(
    programs: readonly T[],
    options: CheckOptions,
    nameOf: NameOf = setting => setting,
    budgetNameOf: BudgetNameOf = path => ["budgets", ...path].join("."),
): PlannedCheck<T>[] {
    const { boards, accept, budgets, signal: _, onChecked: __, baseline: ___, ...rest } = options
    const { jobs: ____, onNotice, ...others } = rest
    const { short, settings } = apart(others)
    const { untilText } = settings
    const length = settings.for ?? settings.scenario?.said.for ?? LEAKS_FOR
    const isSaid = settings.for !== undefined || settings.scenario?.said.for !== undefined
    const budgetList = readBudgets({ ...budgets, ...short }, path => {
        const flag = SHORT_NAMES.find(name => SHORT[name] === path[0])
        return flag && SHORT[flag] in short ? nameOf(flag) : budgetNameOf(path)
    })
    const expected: Expectations = {
        ...(budgetList.length > 0 && { budgets: budgetList }),
        ...(untilText !== undefined && { untilText }),
        ...(accept && { accept }),
    }
    return programs.map(program => {
        const runs = boardsOf(boards, options.cwd).map((board): PlannedRun => {
            const request = { ...settings, ...board, for: length }
            const told = { ...request, ...(onNotice && { onNotice }) }
            return {
                ...readRunSettings(told, program, nameOf),
                ...(!isSaid && { settleMs: SETTLE_MS }),
                request,
            }
        })
        checkLongEnough(nameOf("for"), length, runs[0]!.forMs)
        checkFree(expected, runs)
        return { program, runs, expected }
    })
}

/** What is short for budgets, as budgets, and the settings of the run. */
function apart(options: Pick<CheckOptions, ShortName> & RunSettings) {
    const { maxLive, maxBoardTime, maxCalls, maxFrames, maxTurn, ...settings } = options
    const values = { maxLive, maxBoardTime, maxCalls, maxFrames, maxTurn }
    const short: Partial<Record<(typeof SHORT)[ShortName], Size>> = {}
    for (const name of SHORT_NAMES) {
        const value = values[name]
        if (value !== undefined) short[SHORT[name]] = value
    }
    return { short, settings }
}

/** @throws UserError for a budget that wants more of the heap than any of the boards has */
function checkFree({ budgets = [] }: Expectations, runs: readonly PlannedRun[]): void {
    const most = Math.max(...runs.map(({ board }) => capacityFor(board.heapBytes)))
    for (const { figure, limit, of } of budgets)
        if ((figure === "largestFree" || figure === "headroom") && "value" in limit)
            if (limit.value >= most)
                throw new UserError(
                    "E_VALUE",
                    `${of} can never be kept: the heap has ${formatBytesExact(most)} in all.`,
                )
}

/** Which of all checks are run, and how. */
export interface RunChecksOptions extends Pick<
    CheckOptions,
    "signal" | "onChecked" | "cwd" | "baseline" | "jobs"
> {
    shard?: Pick<Shard, "number" | "of">
    /** Only those whose name, `src/main.ts on pico`, holds this text. */
    filter?: string
    /** Take what a page about each run draws: `onChecked` gets it. */
    pictures?: boolean
    /** @param which check, from 1, of how many: `list.ts on pico, 3 of 12` */
    onProgress?: (run: RunProgress, forMs: number, which: string) => void
}

/**
 * Runs every program on every board that is planned for it, as many at once as there are cores, once all
 * are built. The report, and the order in which checks are told, are the same whatever is done first. What
 * was done when the signal came is not lost: the report says that it was interrupted.
 * @param build makes what was planned a program
 * @throws UserError when the filter leaves nothing
 */
export async function runChecks<T extends ProgramOrEntry>(
    planned: readonly PlannedCheck<T>[],
    options: RunChecksOptions,
    build = (program: T): Promise<Program> | Program => programOf(program, options),
): Promise<CheckReport> {
    const { signal, onChecked, onProgress, baseline, filter, shard } = options
    const all = planned.flatMap(({ program, runs, expected }) =>
        runs.map(run => ({
            program,
            run,
            expected,
            name: `${entryOf(program)} on ${run.board.id}`,
        })),
    )
    const wanted = filter === undefined ? all : all.filter(({ name }) => name.includes(filter))
    if (wanted.length === 0)
        throw new UserError(
            "E_VALUE",
            `no check has ${JSON.stringify(filter)} in its name: there are ${all.map(({ name }) => name).join(", ")}.`,
        )
    const chosen = shard
        ? wanted.filter((_, index) => index % shard.of === shard.number - 1)
        : wanted
    const programs = new Map<T, Program>()
    for (const { program } of chosen)
        if (!programs.has(program)) programs.set(program, await build(program))
    const runs = chosen.map(({ program, run, expected }) => ({
        program: programs.get(program)!,
        run,
        wants: {
            headroom: (expected.budgets ?? []).some(({ figure }) => figure === "headroom"),
            pictures: options.pictures === true,
        },
    }))
    const checks: Check[] = []
    const isDone = await runAll("measure", loadVm(), runs, {
        ...{ jobs: options.jobs ?? availableParallelism(), signal },
        onProgress: (index, progress) => {
            const number = runs.length > 1 ? `, ${checks.length + 1} of ${runs.length}` : ""
            const { program, run } = runs[index]!
            onProgress?.(progress, run.forMs, `${program.entry} on ${run.board.id}${number}`)
        },
        onDone: (index, measurement) => {
            const done = checkRun(measurement, chosen[index]!.expected, baseline)
            checks.push(done)
            onChecked?.(done, measurement.pictures)
        },
    })
    return checkReport(checks, {
        ...{ isInterrupted: !isDone, planned: chosen.length },
        ...(shard && { shard: { ...shard, planned: wanted.length } }),
        // Who checks a part of it says nothing of the rest.
        ...(isDone && !shard && filter === undefined && { vanished: vanishedOf(baseline, checks) }),
    })
}

function entryOf(program: ProgramOrEntry): string {
    return typeof program === "string" ? program : program.entry
}

/** What the baseline has and nobody runs any more. */
function vanishedOf(baseline: Baseline | undefined, checks: readonly Check[]): string[] {
    const left = new Set(baseline?.runs)
    for (const { report } of checks) {
        const run = baseline && findRun(baseline, report)
        if (run) left.delete(run)
    }
    return [...left].map(({ program, board }) => `${program} on ${board}`)
}

/** Each as a setting; none for the board that the program itself names. */
function boardsOf(ids: readonly string[] | "all" = [], cwd = ""): { board?: string }[] {
    const names = typeof ids === "string" ? [ids] : ids
    // A name that is none is told, also beside all.
    for (const id of names) if (id !== "all" && !id.endsWith(".json")) findBoard(id, cwd)
    if (names.includes("all")) return listBoards().map(({ id }) => ({ board: id }))
    return names.length > 0 ? [...new Set(names)].map(board => ({ board })) : [{}]
}
