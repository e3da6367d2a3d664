import { UserError } from "../../base/errors"
import { BISECT_SCHEMA, type BisectReport } from "../../documents/check/bisect-report"
import type { Check, CheckReport } from "../../documents/check/report"
import { bisect, type Judged, type TriedCommit } from "../../tasks/check/bisect"
import { commitOf, demandRepository, git } from "../../tasks/check/git-tree"
import type { PlannedCheck, RunChecksOptions } from "../check"
import { baselineOf } from "./baselines"
import { checkCommit } from "./base-run"

/** Where to search. */
export interface BisectOptions extends RunChecksOptions {
    cwd: string
    /** Commits, by any name that git knows. */
    good: string
    bad: string
    /** Told of each commit that was looked at. */
    onTried?: (tried: Pick<TriedCommit, "commit"> & Judged, left: number) => void
}

/**
 * Finds the commit from which on a check fails, and what that commit made of its figures. Budgets are those
 * of now; one that is relative is held against the good commit.
 * @throws UserError when the good commit fails, too, or the bad one does not
 */
export async function bisectChecks(
    planned: readonly PlannedCheck<string>[],
    { good: goodRef, bad: badRef, onTried, ...options }: BisectOptions,
): Promise<BisectReport> {
    const { cwd } = options
    await demandRepository(cwd)
    const [good, bad] = [await commitOf(cwd, goodRef), await commitOf(cwd, badRef)]
    const check = (commit: string, baseline?: RunChecksOptions["baseline"]) =>
        checkCommit({ commit, name: commit.slice(0, 7) }, planned, {
            ...options,
            ...(baseline && { baseline }),
        })
    const before = await check(good)
    const baseline = before && baselineOf(before, `${goodRef} at ${good.slice(0, 7)}`)
    const known = new Map([[good, before]])
    const look = async (commit: string) => {
        const report = await check(commit, baseline)
        known.set(commit, report)
        return report
    }
    const after = await look(bad)
    const wrong = after ? failuresOf(after) : new Set<string>()
    const old = before ? failuresOf(before) : new Set<string>()
    const isNew = [...wrong].filter(failure => !old.has(failure))
    if (isNew.length === 0) throw nothingToFind(goodRef, badRef, wrong.size > 0)
    const judge = async (commit: string, left: number): Promise<Judged> => {
        const judged = await judgedOf(() => look(commit), isNew)
        onTried?.({ commit, ...judged }, left)
        return judged
    }
    const { tried, culprits } = await bisect(cwd, { good, bad }, judge)
    const [culprit] = culprits
    return {
        ...{ schema: BISECT_SCHEMA, good, bad, tried, culprits },
        ...(culprit &&
            culprits.length === 1 && { check: await explain(culprit.commit, cwd, check, known) }),
    }
}

/** The check of a commit against the one before it, which the search has mostly looked at. */
async function explain(
    commit: string,
    cwd: string,
    check: (
        commit: string,
        baseline?: RunChecksOptions["baseline"],
    ) => Promise<CheckReport | undefined>,
    known: ReadonlyMap<string, CheckReport | undefined>,
): Promise<CheckReport> {
    const parent = await git(cwd, "rev-parse", `${commit}^`)
    const before = known.has(parent) ? known.get(parent) : await check(parent)
    const name = `the commit before it, ${parent.slice(0, 7)}`
    return (await check(commit, before ? baselineOf(before, name) : { name, runs: [] }))!
}

async function judgedOf(
    check: () => Promise<CheckReport | undefined>,
    isNew: readonly string[],
): Promise<Judged> {
    try {
        const report = await check()
        const wrong = report ? failuresOf(report) : new Set<string>()
        return { verdict: isNew.some(failure => wrong.has(failure)) ? "bad" : "good" }
    } catch (error) {
        if (!(error instanceof UserError) || error.code !== "E_COMPILE") throw error
        return { verdict: "skipped", because: error.message.split("\n")[0]! }
    }
}

/** What fails, by what stays the same from commit to commit. */
function failuresOf({ checks }: CheckReport): Set<string> {
    return new Set(
        checks.flatMap((check: Check) =>
            check.failures.map(({ kind, figure }) =>
                JSON.stringify([check.report.program.entry, check.report.board.id, kind, figure]),
            ),
        ),
    )
}

function nothingToFind(good: string, bad: string, isBoth: boolean): UserError {
    return new UserError(
        "E_GIT",
        isBoth
            ? `all that fails at ${bad} fails at ${good}, too: name an older good commit.`
            : `the check passes at ${bad}: there is nothing to find. --budget live=+0B finds what made that more than at ${good}.`,
    )
}
