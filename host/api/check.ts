import { checkReport, checkRun, type Check, type CheckReport } from "../analysis/check"
import { isLongEnoughForLeaks } from "../analysis/leaks/sampling-times"
import { UserError } from "../base/errors"
import { listBoards } from "../boards/node/find-board"
import { loadVm } from "../simulator/node/load-vm"
import { run, type RunOptions, type RunProgress } from "../simulator/run"
import { programOf, type ProgramOrEntry } from "./program"
import {
    DEFAULT_BOARD,
    readRunSettings,
    readSize,
    type NameOf,
    type RunSettings,
    type Size,
} from "./run-settings"

export interface CheckOptions extends Omit<RunSettings, "sample" | "board"> {
    /** The boards to run on: ids or *.board.json files; `all` for all there are. Default: `pico`. */
    boards?: readonly string[] | "all"
    /** The most that may be live at once. */
    maxLive?: Size
    /** Ends the checks: they reject with the signal's reason. */
    signal?: AbortSignal
    /** Told of each check as soon as it is done. */
    onChecked?: (check: Check) => void
}

/** Long enough for most caches to be full and most timers to have come round. */
export const DEFAULT_CHECK_FOR = "10m"

/**
 * Runs programs on boards and holds each run against what may be expected of it: that it does not die,
 * that nothing in it grows without an end, that it stays within its budget.
 * @throws HeapscopeError as `simulate` does. A check that is not passed is no error: `passed` says so
 */
export async function check(
    programs: ProgramOrEntry | readonly ProgramOrEntry[],
    options: CheckOptions = {},
): Promise<CheckReport> {
    const planned = planChecks(options)
    const built = []
    for (const program of Array.isArray(programs) ? (programs as ProgramOrEntry[]) : [programs])
        built.push(await programOf(program as ProgramOrEntry, options))
    return runChecks(built, planned, options)
}

/** What every program is run with and held against. @throws UserError naming the setting */
export function planChecks(options: CheckOptions, nameOf?: NameOf) {
    const { boards, maxLive, untilText } = options
    const settings = { ...options, for: options.for ?? DEFAULT_CHECK_FOR }
    const runs = boardsOf(boards).map(board => readRunSettings({ ...settings, board }, nameOf))
    const say = nameOf ?? (setting => setting)
    if (!isLongEnoughForLeaks(runs[0]!.forMs))
        throw new UserError(
            "E_VALUE",
            `${say("for")} ${settings.for} is too short to tell a leak: give it 10s at least, 10m rather.`,
        )
    const expected = {
        ...(maxLive !== undefined && { maxLiveBytes: readSize(say("maxLive"), maxLive) }),
        ...(untilText !== undefined && { untilText }),
    }
    return { runs, expected }
}

/** Runs every program on every board that is planned, one after the other. */
export async function runChecks(
    programs: readonly RunOptions["program"][],
    { runs, expected }: ReturnType<typeof planChecks>,
    {
        signal,
        onChecked,
        onProgress,
    }: Pick<CheckOptions, "signal" | "onChecked"> & {
        onProgress?: (run: RunProgress, forMs: number) => void
    },
): Promise<CheckReport> {
    const vm = loadVm()
    const checks: Check[] = []
    for (const program of programs)
        for (const settings of runs) {
            const { report } = await run(vm, {
                ...{ ...settings, program, leaks: true },
                ...(signal && { signal }),
                onProgress: run => onProgress?.(run, settings.forMs),
            })
            signal?.throwIfAborted()
            const done = checkRun(report, expected)
            checks.push(done)
            onChecked?.(done)
        }
    return checkReport(checks)
}

function boardsOf(ids: readonly string[] | "all" = []): string[] {
    if (ids === "all" || ids.includes("all")) return listBoards().map(({ id }) => id)
    return ids.length > 0 ? [...new Set(ids)] : [DEFAULT_BOARD]
}
