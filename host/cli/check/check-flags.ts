import { formatBaseline } from "../../analysis/budgets/baseline-text"
import { baselineOf, loadBaseline, readCheckReport } from "../../api/check/baselines"
import { measureCommit } from "../../api/check/base-run"
import type { PlannedCheck, RunChecksOptions } from "../../api/check"
import { configuredBudgets } from "../../api/configured-checks"
import { loadConfig } from "../../api/load-config"
import { UserError } from "../../base/errors"
import { instead } from "../../base/nearest"
import { writeWhole } from "../../base/node/write-file"
import type { TrustOptions } from "../../compiler/node/trusted-code"
import type { Baseline } from "../../documents/check/baseline"
import { ALL_CHECK_FIGURES, type CheckFigure } from "../../documents/check/figures"
import type { BudgetsConfig } from "../../documents/config"
import type { CheckReport, Shard } from "../../documents/check/report"
import { mergeBase } from "../../tasks/check/git-tree"
import { EXIT, type ExitCode } from "../command-context"

/** What fails a check beside errors. */
export type FailLevel = "error" | "warning"

/** @throws UserError for none */
export function readLevel(text = "error"): FailLevel {
    if (text !== "error" && text !== "warning")
        throw new UserError("E_VALUE", `--fail-on ${text} is neither error nor warning.`)
    return text
}

/** `2/5`. @throws UserError for what is none */
export function readShard(text: string): Pick<Shard, "number" | "of"> {
    const [, number, of] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text)?.map(Number) ?? []
    if (number === undefined || of === undefined || number > of)
        throw new UserError("E_VALUE", `--shard ${text} is no part of all: take 1/5 to 5/5.`)
    return { number, of }
}

/** @throws UserError for what is no number of runs */
export function readJobs(text: string): number {
    if (!/^[1-9]\d{0,3}$/.test(text))
        throw new UserError("E_VALUE", `--jobs ${text} is no number of runs: take 1 or more.`)
    return Number(text)
}

/** What a check is to be compared with. */
export interface CompareFlags {
    baseline?: string | undefined
    base?: string | undefined
    against?: string | undefined
}

/** @throws UserError when a check is to be compared with two things */
export function refuseSeveral(flags: CompareFlags): void {
    const [first, second] = Object.entries(flags).filter(([, value]) => value !== undefined)
    if (first && second)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--${first[0]} and --${second[0]} both say what to compare with: leave one out.`,
        )
}

/** How the programs are found and run. */
interface Surroundings {
    cwd: string
    trust: TrustOptions
    /** The baseline is about to be written: there may be none yet. */
    isNew: boolean
}

/** What the programs took before. @throws UserError when what was named cannot be had */
export async function baselineFor(
    { baseline, base, against }: CompareFlags,
    planned: readonly PlannedCheck<string>[],
    options: RunChecksOptions,
    { cwd, trust, isNew }: Surroundings,
): Promise<Baseline | undefined> {
    if (against !== undefined) return baselineOf(readCheckReport(cwd, against), against)
    if (base === undefined) {
        try {
            return loadBaseline(cwd, baseline)
        } catch (error) {
            // It is about to be made, or made anew.
            const isWritten = error instanceof UserError && ["E_READ", "E_NO_FILE", "E_BASELINE"]
            if (isNew && isWritten && isWritten.includes(error.code)) return undefined
            throw error
        }
    }
    const commit = await mergeBase(cwd, base)
    const name = `${base} at ${commit.slice(0, 7)}`
    return measureCommit({ commit, name }, planned, { ...options, cwd }, async there => {
        // The same text is trusted already, and of another one nobody was asked.
        const { ask: _, ...quiet } = trust
        const old = await loadConfig(there, quiet).catch(() => undefined)
        return old && configuredBudgets(planned, old)
    })
}

/** Puts what was measured into the baseline, in place of what it had of that. */
export async function writeBaseline(
    path: string,
    report: CheckReport,
    before: Baseline | undefined,
): Promise<void> {
    const { runs } = baselineOf(report, "")
    const isKnown = new Set(runs.map(({ program, board }) => `${program} on ${board}`))
    const gone = new Set(report.vanished)
    const kept = (before?.runs ?? []).filter(({ program, board }) => {
        const name = `${program} on ${board}`
        return !isKnown.has(name) && !gone.has(name)
    })
    await writeWhole(path, formatBaseline({ runs: [...kept, ...runs] }))
}

export function exitCodeOf(
    { passed, checks, interrupted }: CheckReport,
    level: FailLevel,
): ExitCode {
    if (interrupted) return EXIT.interrupted
    const isWarned = checks.some(({ warnings }) => warnings.length > 0)
    return passed && !(level === "warning" && isWarned) ? EXIT.ok : EXIT.failed
}

/** `live=20kB` and the like, as the budgets of a configuration. */
export function readBudgetFlags(texts: readonly string[]): BudgetsConfig {
    return Object.fromEntries(texts.map(readBudgetFlag))
}

function readBudgetFlag(text: string): [CheckFigure, string] {
    const [, name = "", limit] = /^\s*([^=]+?)\s*=\s*(.+)$/.exec(text) ?? []
    if (limit === undefined)
        throw new UserError(
            "E_VALUE",
            `--budget ${text} is no figure with its limit: write live=20kB.`,
        )
    const figure = ALL_CHECK_FIGURES.find(known => known === name)
    if (!figure)
        throw new UserError(
            "E_VALUE",
            `--budget ${text}: there is no figure ${name}${instead(name, ALL_CHECK_FIGURES)}`,
        )
    return [figure, limit]
}
