import {
    checkReport,
    checkRun,
    type Budget,
    type BudgetFigure,
    type Check,
    type CheckReport,
} from "../analysis/check"
import { UserError } from "../base/errors"
import { findBoard, listBoards } from "../boards/node/find-board"
import type { Program } from "../model/program/program"
import { loadVm } from "../simulator/node/load-vm"
import { run, type RunProgress } from "../simulator/run"
import { programOf, type ProgramOrEntry } from "./program"
import {
    checkLongEnough,
    LEAKS_FOR,
    readRunSettings,
    readSize,
    readTime,
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
    /** The most that may be live at once. */
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
    /** Told of each check as soon as it is done. */
    onChecked?: (check: Check) => void
}

/** What still grows is followed this long, when nobody said how long to run: until it stops, or dies. */
const SETTLE_MS = 3_600_000

/**
 * Runs programs on boards and holds each run against what may be expected of it: that it does not die,
 * that nothing in it grows without an end, that it stays within its budget.
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
    runs: (ReturnType<typeof readRunSettings> & { settleMs?: number })[]
    expected: Parameters<typeof checkRun>[1]
}

/** @throws UserError naming the setting */
function readBudgets(
    limits: {
        [K in "maxBoardTime" | "maxCalls" | "maxFrames" | "maxTurn"]: CheckOptions[K] | undefined
    },
    nameOf: NameOf,
): Budget[] {
    const { maxBoardTime, maxCalls, maxFrames, maxTurn } = limits
    const budget = <T>(
        setting: keyof typeof limits,
        value: T | undefined,
        figure: BudgetFigure,
        read: (name: string, value: T) => number,
    ): Budget[] =>
        value === undefined
            ? []
            : [{ figure, most: read(nameOf(setting), value), of: nameOf(setting) }]
    return [
        ...budget("maxBoardTime", maxBoardTime, "boardTimeMs", readTime),
        ...budget("maxCalls", maxCalls, "calls", readNumber),
        ...budget("maxFrames", maxFrames, "frameBytes", readSize),
        ...budget("maxTurn", maxTurn, "turn", readNumber),
    ]
}

function readNumber(name: string, value: number | string): number {
    if (!/^\d{1,9}$/.test(String(value)))
        throw new UserError("E_VALUE", `${name} ${value} is no number: take one from 0 on.`)
    return Number(value)
}

/** All that can be found out before anything is built. @throws UserError naming the setting */
export function planChecks<T extends ProgramOrEntry>(
    programs: readonly T[],
    {
        boards,
        maxLive,
        maxBoardTime,
        maxCalls,
        maxFrames,
        maxTurn,
        accept,
        ...settings
    }: CheckOptions,
    nameOf: NameOf = setting => setting,
): PlannedCheck<T>[] {
    const { untilText } = settings
    const length = settings.for ?? settings.scenario?.said.for ?? LEAKS_FOR
    const isSaid = settings.for !== undefined || settings.scenario?.said.for !== undefined
    const budgets = readBudgets({ maxBoardTime, maxCalls, maxFrames, maxTurn }, nameOf)
    const expected = {
        ...(maxLive !== undefined && {
            maxLiveBytes: readSize(nameOf("maxLive"), maxLive),
            maxLiveOf: nameOf("maxLive"),
        }),
        ...(budgets.length > 0 && { budgets }),
        ...(untilText !== undefined && { untilText }),
        ...(accept && { accept }),
    }
    return programs.map(program => {
        const runs = boardsOf(boards).map(board => ({
            ...readRunSettings({ ...settings, ...board, for: length }, program, nameOf),
            ...(!isSaid && { settleMs: SETTLE_MS }),
        }))
        checkLongEnough(nameOf("for"), length, runs[0]!.forMs)
        return { program, runs, expected }
    })
}

/**
 * Runs every program on every board that is planned for it, one after the other, once all are built. What
 * was done when the signal came is not lost: the report says that it was interrupted.
 * @param build makes what was planned a program
 */
export async function runChecks<T extends ProgramOrEntry>(
    planned: readonly PlannedCheck<T>[],
    {
        signal,
        onChecked,
        onProgress,
        ...options
    }: Pick<CheckOptions, "signal" | "onChecked" | "cwd"> & {
        /** @param which check, from 1, of how many: `list.ts on pico, 3 of 12` */
        onProgress?: (run: RunProgress, forMs: number, which: string) => void
    },
    build = (program: T): Promise<Program> | Program =>
        programOf(program, { ...options, ...(signal && { signal }) }),
): Promise<CheckReport> {
    const programs: Program[] = []
    for (const { program } of planned) programs.push(await build(program))
    const vm = loadVm()
    const checks: Check[] = []
    const count = planned.reduce((sum, { runs }) => sum + runs.length, 0)
    for (const [i, { runs, expected }] of planned.entries())
        for (const settings of runs) {
            const number = count > 1 ? `, ${checks.length + 1} of ${count}` : ""
            const which = `${programs[i]!.entry} on ${settings.board.id}${number}`
            const { report } = await run(vm, {
                ...{ ...settings, program: programs[i]!, leaks: true },
                ...(signal && { signal }),
                onProgress: run => onProgress?.(run, settings.forMs, which),
            })
            if (signal?.aborted) return checkReport(checks, true)
            const done = checkRun(report, expected)
            checks.push(done)
            onChecked?.(done)
        }
    return checkReport(checks)
}

/** Each as a setting; none for the board that the program itself names. */
function boardsOf(ids: readonly string[] | "all" = []): { board?: string }[] {
    const names = typeof ids === "string" ? [ids] : ids
    // A name that is none is told, also beside all.
    for (const id of names) if (id !== "all" && !id.endsWith(".json")) findBoard(id)
    if (names.includes("all")) return listBoards().map(({ id }) => ({ board: id }))
    return names.length > 0 ? [...new Set(names)].map(board => ({ board })) : [{}]
}
