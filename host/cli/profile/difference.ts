import { buildAtCommit } from "../../api/check/base-run"
import { readTime } from "../../api/run-settings"
import { changedFrames, withFile } from "../../analysis/profile/changed-frames"
import { differenceOfProfiles, type ProfileSide } from "../../analysis/profile/profile-difference"
import { framesOf } from "../../analysis/profile/profile-frames"
import { ProgramError, UserError } from "../../base/errors"
import { formatDuration } from "../../base/format-units"
import type { Metric, Order } from "../../documents/cost"
import type { ProfileDifferenceReport } from "../../documents/profile/profile-difference"
import { ranMs } from "../../documents/sim-report"
import type { Program } from "../../model/program/program"
import { PROFILE_DIFFERENCE_REPORTS, type FoundByProfileDifference } from "../../sinks/reports"
import { mergeBase } from "../../tasks/check/git-tree"
import type { ProfiledRun } from "../../tasks/profile-run"
import { defaultEntry } from "../run-options"
import { valueName } from "../../sinks/report-kind"

/** What a profile is held against. */
export interface AgainstFlags {
    against?: string
    base?: string
    from?: string
    to?: string
}

/** Something to hold a profile against: another program, a commit, or the same run at a moment. */
export type Against =
    | { of: "programs"; entry: string }
    | { of: "commits"; ref: string }
    | { of: "moments"; fromMs: number }

/**
 * What the flags say to hold a profile against, and how long the run then is.
 * @param files that are asked for, by flag
 * @throws UserError for flags that do not go together
 */
export function readAgainst(
    { against, base, from, to }: AgainstFlags,
    flags: { for: string; isForGiven: boolean } & Record<string, unknown>,
    files: Record<string, string | undefined>,
): { against: Against | undefined; for: string } {
    const given = { against, base, from }
    const [first, second] = Object.entries(given).filter(([, value]) => value !== undefined)
    if (first && second)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--${first[0]} and --${second[0]} both say what to compare with: leave one out.`,
        )
    if (to !== undefined && from === undefined)
        throw new UserError("E_FLAG_CONFLICT", "--to goes with --from: say both moments.")
    if (to !== undefined && flags.isForGiven)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--to and --for both say when the run ends: leave one out.",
        )
    const forText = to ?? flags.for
    if (!first) return { against: undefined, for: forText }
    refuseFiles(first[0], files)
    for (const name of ["advice", "histograms"])
        if (flags[name] === true)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `--${name} is of one profile: leave --${first[0]} out.`,
            )
    if (against !== undefined) return { against: { of: "programs", entry: against }, for: forText }
    if (base !== undefined) return { against: { of: "commits", ref: base }, for: forText }
    for (const name of ["atPeak", "temporary"])
        if (flags[name] !== undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                `--${name === "atPeak" ? "at-peak" : name} is of a whole run: leave --from out.`,
            )
    const fromMs = readTime("--from", from!)
    if (fromMs >= readTime(to === undefined ? "--for" : "--to", forText))
        throw new UserError(
            "E_VALUE",
            `--from ${from} is not before the end of the run, ${forText}: say a later --to.`,
        )
    return { against: { of: "moments", fromMs }, for: forText }
}

/** The program to hold one against. @throws UserError when it cannot be had */
export async function otherProgram(
    against: Exclude<Against, { of: "moments" }>,
    entry: string | undefined,
    context: { cwd: string; signal: AbortSignal },
    build: (entry: string) => Promise<Program>,
): Promise<{ name: string; program: Program }> {
    if (against.of === "programs")
        return { name: against.entry, program: await build(against.entry) }
    const { cwd } = context
    const commit = await mergeBase(cwd, against.ref)
    const name = `${against.ref} at ${commit.slice(0, 7)}`
    const program = await buildAtCommit({ commit, name }, entry ?? defaultEntry(cwd), context)
    return { name, program }
}

/** A run as one side of a difference. */
export function sideOf(name: string, { profile, texts }: ProfiledRun): ProfileSide {
    return { name, headline: profile.judgement.headline, profile, texts }
}

/** A run until the moment, and until its end. @throws ProgramError when it was dead by then */
export function sidesOfMoments(run: ProfiledRun, fromMs: number): [ProfileSide, ProfileSide] {
    const { profile, atMoment, texts, report } = run
    if (!atMoment)
        throw new ProgramError(
            "E_MOMENT",
            `${profile.program.entry} died after ${formatDuration(ranMs(report))}: take an earlier --from.`,
        )
    // One that came to its end before stays as it was.
    const endMs =
        report.outcome.kind === "finished" ? Math.max(fromMs, report.asked.forMs) : ranMs(report)
    const before = { ...profile, ...atMoment, simulated: { ms: fromMs } }
    return [
        { name: formatDuration(fromMs), profile: before, texts },
        { ...sideOf(formatDuration(endMs), run) },
    ]
}

/** What a command shows of a difference. */
export function differenceFound(
    of: ProfileDifferenceReport["of"],
    before: ProfileSide,
    after: ProfileSide,
    { by, drawnBy, top }: { by: Order; drawnBy: Metric; top: number },
): FoundByProfileDifference {
    const old = framesOf(before.profile.tree, drawnBy)
    const [from, to] = [before.profile.program.entry, after.profile.program.entry]
    return {
        report: differenceOfProfiles(of, before, after, by),
        frames: changedFrames(withFile(old, from, to), framesOf(after.profile.tree, drawnBy)),
        ...{ drawnBy, by, top },
    }
}

/** @throws UserError for a file that one profile alone can be written to */
function refuseFiles(name: string, files: Record<string, string | undefined>): void {
    const known = PROFILE_DIFFERENCE_REPORTS.flatMap(({ flag }) =>
        flag === undefined ? [] : [valueName(flag)],
    )
    for (const [flag, value] of Object.entries(files))
        if (value !== undefined && !known.includes(valueName(flag)))
            throw new UserError(
                "E_FLAG_CONFLICT",
                `${flag} is of one profile: write one of each, and have its own tool compare them, or leave --${name} out.`,
            )
}
