import type { PlannedCheck } from "../../api/check"
import { UserError } from "../../base/errors"
import { formatDuration } from "../../base/format-units"
import { toJson } from "../../base/json"
import { parseDuration, named } from "../../base/parse-units"
import { untoldOfBoard } from "../../documents/check/board-check"
import type { Budget } from "../../documents/check/report"
import type { Program } from "../../model/program/program"
import { BOARD_CHECK_REPORTS } from "../../sinks/ci/board-check-reports"
import { showReport } from "../../sinks/report-kind"
import { renderBoardCheck } from "../../sinks/terminal/check/board-check-terminal"
import { checkBoard } from "../../tasks/check/check-board"
import { readExactEvery } from "../../tasks/exact-every"
import { watchPort } from "../../tasks/watch-port"
import { askWhichBoard } from "../choose-port"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { flagName } from "../run-options"
import type { FailLevel } from "./check-flags"

/** What a real board is checked with. */
export interface PortFlags {
    port: string
    for?: string
    exactEvery?: string
    exact?: boolean
    out?: string
    markdown?: string
    junit?: string
    json: boolean
    quiet: boolean
    color: boolean
    failsOn: FailLevel
}

/** Flags that say something of a simulated board, or of what only that tells. */
const SIMULATED = [
    ...["heap", "seed", "world", "scenario", "isSimulator", "untilText", "failText", "timeout"],
    ...["base", "against", "baseline", "updateBaseline", "filter", "shard", "jobs", "accept"],
    ...["html", "annotations", "codeQuality"],
]

/** @throws UserError for a flag that does not go with a real board, or one that goes with nothing else */
export function refuseOfPort(port: string | undefined, flags: Record<string, unknown>): void {
    if (port === undefined) {
        for (const name of ["exactEvery", "exact"])
            if (name === "exact" ? flags[name] === false : flags[name] !== undefined)
                throw new UserError(
                    "E_FLAG_CONFLICT",
                    `${name === "exact" ? "--no-exact" : "--exact-every"} goes with --port: a simulated board is exact at all times.`,
                )
        return
    }
    for (const name of SIMULATED)
        if (flags[name] !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flagName(name)} is of simulated boards: leave it out, or --port.`,
            )
    if (flags["exactEvery"] !== undefined && flags["exact"] === false)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--exact-every reads the heap, which --no-exact is not to: leave one out.",
        )
}

/**
 * Holds a real board to the budgets of its program.
 * @param planned the program's check, as a simulated board would have it
 * @param build builds the program; undefined where nobody said what runs on the board
 */
export async function checkPort(
    planned: readonly PlannedCheck<string>[],
    flags: PortFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
    build: ((entry: string) => Promise<Program>) | undefined,
): Promise<ExitCode> {
    const [only, second] = planned
    if (!only || second || only.runs.length !== 1)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--port is one board, which runs one program: name that, and one --board at most.",
        )
    const forText = flags.for ?? "10m"
    const forMs = named("--for", () => parseDuration(forText))
    const { budgets = [] } = only.expected
    tellUntold(budgets, flags.quiet ? undefined : text => stderr.write(`heapscope: ${text}\n`))
    const exactEveryMs =
        flags.exactEvery === undefined ? undefined : readExactEvery(flags.exactEvery)
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = build && (await build(only.program))
        const { board } = only.runs[0]!
        const source = await watchPort(
            flags.port,
            { board, program, exactEveryMs, looksFirst: flags.exact !== false },
            askWhichBoard({ stderr, signal }, progress),
        )
        const report = await checkBoard(source, {
            ...{ forMs, budgets, program, readsExactly: exactEveryMs !== undefined, signal },
            onProgress: watchedMs =>
                progress.show(
                    `watching ${source.how}: ${formatDuration(Math.floor(watchedMs / 1000) * 1000)} of ${formatDuration(forMs)}`,
                ),
        })
        progress.clear()
        const style = styleFor(stdout, flags.color)
        if (flags.json) stdout.write(`${toJson(report, 2)}\n`)
        else stdout.write(`${renderBoardCheck(report, style)}\n`)
        const { out, markdown, junit, quiet } = flags
        if (!report.interrupted)
            await showReport(BOARD_CHECK_REPORTS, report, {
                ...{ flags: { out, markdown, junit, quiet }, cwd, stdout, stderr, style },
            })
        if (report.interrupted) return EXIT.interrupted
        const isWarned = flags.failsOn === "warning" && report.warnings.length > 0
        return report.passed && !isWarned ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}

/**
 * Says beforehand which budgets no real board tells of, a line each.
 * @throws UserError when that is all of them
 */
function tellUntold(budgets: readonly Budget[], tell: ((text: string) => void) | undefined): void {
    const untold = budgets.flatMap(budget => {
        const because = untoldOfBoard(budget)
        return because === undefined ? [] : [{ of: budget.of, because }]
    })
    if (budgets.length > 0 && untold.length === budgets.length)
        throw new UserError(
            "E_VALUE",
            `none of the budgets can be told of a real board: ${untold.map(({ of, because }) => `${of} (${because})`).join(", ")}.`,
        )
    for (const { of, because } of untold) tell?.(`${of} cannot be told of a real board: ${because}`)
}
