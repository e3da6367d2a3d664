import { UserError } from "../../base/errors"
import type { Baseline } from "../../documents/check/baseline"
import type { Check, CheckReport } from "../../documents/check/report"
import type { CallNode } from "../../documents/profile-report"
import { buildProgram } from "../../compiler/node/build"
import type { Program } from "../../model/program/program"
import { findProject, resolveEntry } from "../../compiler/node/project"
import { openTree } from "../../tasks/check/git-tree"
import { baselineOf } from "./baselines"
import { runChecks, type PlannedCheck, type RunChecksOptions } from "../check"

/** A commit to measure what is to be compared with. */
export interface BaseCommit {
    /** In full. */
    commit: string
    /** As people are told of it: `main at 1a2b3c4`. */
    name: string
}

/**
 * Measures the programs of a check as they were in a commit. What was not there yet is left out.
 * @param planned as the working tree is checked: how the two are run is the same
 * @param replan budgets of the commit's own configuration, if it can be read
 * @throws UserError when the commit cannot be had, or its programs do not compile
 */
export async function measureCommit(
    base: BaseCommit,
    planned: readonly PlannedCheck<string>[],
    options: RunChecksOptions & { cwd: string },
    replan: (cwd: string) => Promise<readonly PlannedCheck<string>[] | undefined>,
): Promise<Baseline> {
    const { shard: _, baseline: __, onChecked: ___, ...others } = options
    const trees = new Map<Check, CallNode>()
    const onChecked: RunChecksOptions["onChecked"] = (check, taken) =>
        void (taken && trees.set(check, taken.tree))
    const report = await checkCommit(base, planned, { ...others, onChecked }, replan)
    return report ? baselineOf(report, base.name, trees) : { name: base.name, runs: [] }
}

/**
 * Checks programs as they were in a commit, built in a folder of their own which is gone afterwards.
 * @returns undefined when none of them was there yet
 * @throws as `measureCommit` does
 */
export async function checkCommit(
    { commit, name }: BaseCommit,
    planned: readonly PlannedCheck<string>[],
    options: RunChecksOptions & { cwd: string },
    replan: (cwd: string) => Promise<readonly PlannedCheck<string>[] | undefined> = () =>
        Promise.resolve(undefined),
): Promise<CheckReport | undefined> {
    const { filter, signal, onProgress } = options
    const tree = await openTree(options.cwd, commit)
    const { cwd } = tree
    try {
        const own = (await replan(cwd)) ?? planned
        const budgetsOf = (program: string) => own.find(one => one.program === program)
        const there = planned
            .filter(({ program }) => isThere(program, cwd))
            .map(one => ({
                ...one,
                // The figures of this, the budgets of that: who raises one is asked why.
                expected: budgetsOf(one.program)?.expected ?? one.expected,
                runs: one.runs.map(run => ({ ...run, request: { ...run.request, cwd } })),
            }))
            .filter(({ program, runs }) =>
                runs.some(
                    ({ board }) =>
                        filter === undefined || `${program} on ${board.id}`.includes(filter),
                ),
            )
        if (there.length === 0) return undefined
        const report = await runChecks(
            there,
            {
                ...{ ...options, cwd },
                ...(onProgress && {
                    onProgress: (run, forMs, which) => onProgress(run, forMs, `${name}: ${which}`),
                }),
            },
            entry => buildAt(entry, name, { cwd, ...(signal && { signal }) }),
        )
        if (report.interrupted) signal?.throwIfAborted()
        return report
    } finally {
        tree.remove()
    }
}

/**
 * Builds a program as it was in a commit, in a folder of its own which is gone afterwards.
 * @throws UserError when the commit cannot be had, or the program was not there or does not compile
 */
export async function buildAtCommit(
    { commit, name }: BaseCommit,
    entry: string,
    options: { cwd: string; signal?: AbortSignal },
): Promise<Program> {
    const tree = await openTree(options.cwd, commit)
    try {
        if (!isThere(entry, tree.cwd))
            throw new UserError("E_NO_FILE", `${entry} is not there in ${name}.`)
        return await buildAt(entry, name, { ...options, cwd: tree.cwd })
    } finally {
        tree.remove()
    }
}

function isThere(entry: string, cwd: string): boolean {
    try {
        findProject(resolveEntry(entry, cwd))
        return true
    } catch (error) {
        if (error instanceof UserError) return false
        throw error
    }
}

async function buildAt(
    entry: string,
    name: string,
    options: { cwd: string; signal?: AbortSignal },
) {
    try {
        return await buildProgram(entry, options)
    } catch (error) {
        if (error instanceof UserError)
            throw new UserError(error.code, `${name} cannot be compared with: ${error.message}`)
        throw error
    }
}
