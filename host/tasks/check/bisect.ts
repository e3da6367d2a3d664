import { UserError } from "../../base/errors"
import type { BisectReport } from "../../documents/check/bisect-report"
import { git } from "./git-tree"

/** A commit that was looked at. */
export type TriedCommit = BisectReport["tried"][number]

export type Verdict = TriedCommit["verdict"]

/** What a search among commits came to. */
export type Bisected = Pick<BisectReport, "tried" | "culprits">

/** What `judge` says of a commit. */
export type Judged = Pick<TriedCommit, "verdict" | "because">

/**
 * Finds the commit from which on something is bad: git names the one that halves what is left, merges
 * included, and the judge looks at it.
 * @param good a commit that is known to be good, and an ancestor of `bad`
 * @throws UserError when the two have nothing between them
 */
export async function bisect(
    cwd: string,
    { good, bad }: { good: string; bad: string },
    judge: (commit: string, left: number) => Promise<Judged>,
): Promise<Bisected> {
    const isAncestor = (await git(cwd, "merge-base", good, bad)) === good
    if (!isAncestor || good === bad)
        throw new UserError(
            "E_GIT",
            `the good commit ${good.slice(0, 7)} is no ancestor of the bad ${bad.slice(0, 7)}: there is nothing between them.`,
        )
    const tried: TriedCommit[] = []
    const goods = [good]
    const skipped = new Set<string>()
    let first = bad
    let left: string[]
    for (;;) {
        left = await candidates(cwd, first, goods)
        const next = left.find(commit => commit !== first && !skipped.has(commit))
        if (next === undefined) break
        const judged = await judge(next, left.length)
        tried.push({ commit: next, subject: await subjectOf(cwd, next), ...judged })
        if (judged.verdict === "bad") first = next
        else if (judged.verdict === "good") goods.push(next)
        else skipped.add(next)
    }
    const order = await git(cwd, "rev-list", "--topo-order", "--reverse", first, ...not(goods))
    const culprits = order.split("\n").filter(commit => left.includes(commit))
    return {
        tried,
        culprits: await Promise.all(
            culprits.map(async commit => ({ commit, subject: await subjectOf(cwd, commit) })),
        ),
    }
}

/** Commits that may be the first bad one, that which halves them best before the others. */
async function candidates(cwd: string, bad: string, goods: readonly string[]): Promise<string[]> {
    const lines = await git(cwd, "rev-list", "--bisect-all", bad, ...not(goods))
    return lines.split("\n").map(line => line.split(" ")[0]!)
}

function not(commits: readonly string[]): string[] {
    return commits.map(commit => `^${commit}`)
}

/** The first line of a commit's message. */
function subjectOf(cwd: string, commit: string): Promise<string> {
    return git(cwd, "log", "-1", "--format=%s", commit)
}
