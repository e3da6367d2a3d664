import type { Order } from "../../documents/cost"
import {
    PROFILE_DIFFERENCE_SCHEMA,
    type DifferenceSide,
    type ProfileDifferenceReport,
} from "../../documents/profile/profile-difference"
import type { FunctionCost, LineCost, ProfileReport } from "../../documents/profile-report"
import { changedCall } from "./changed-calls"
import { changedFirst, costs, placeOf, times } from "./changed-costs"
import { pairUp } from "./pair-up"

/** A profile with what is known of its sources. */
export interface ProfileSide {
    name: string
    headline?: string
    profile: Pick<
        ProfileReport,
        | "program"
        | "board"
        | "simulated"
        | "boardTime"
        | "live"
        | "temporary"
        | "total"
        | "lines"
        | "functions"
        | "tree"
    >
    /** By the names that the profile has for the files. */
    texts: ReadonlyMap<string, string>
}

/**
 * What a profile is against another. A line is the same by its text, then by where it stands; a function and
 * a call by name and file; several of a name by their order. The entry of two programs is the same file.
 * @param by what is sorted by
 */
export function differenceOfProfiles(
    of: ProfileDifferenceReport["of"],
    before: ProfileSide,
    after: ProfileSide,
    by: Order,
): ProfileDifferenceReport {
    const fileOf = sameEntry(before, after)
    const { profile: old } = before
    const { profile: now } = after
    const lines = pairUp(
        old.lines.map(line => ({ line, side: before })).sort(byLine),
        now.lines.map(line => ({ line, side: after })).sort(byLine),
        [
            ({ line, side }) => [fileOf(line, side), textOf(line, side), line.library],
            ({ line, side }) => [fileOf(line, side), line.line, line.library],
        ],
    ).map(([a, b]) => {
        const { place, file, line, library } = (b ?? a)!.line
        return {
            ...{ place, ...(file !== undefined && { file }), ...(line !== undefined && { line }) },
            ...{ library, ...costs(a?.line.own, b?.line.own), ...times(a?.line, b?.line) },
        }
    })
    const functions = pairUp(
        old.functions.map(one => ({ one, side: before })).sort(byDeclaration),
        now.functions.map(one => ({ one, side: after })).sort(byDeclaration),
        [({ one, side }) => [one.function, fileOf(one, side), one.library]],
    ).map(([a, b]) => ({
        ...placeOf((b ?? a)!.one),
        ...{ ...costs(a?.one.self, b?.one.self), ...times(a?.one, b?.one) },
    }))
    return {
        ...{ schema: PROFILE_DIFFERENCE_SCHEMA, of, before: sideOf(before), after: sideOf(after) },
        lines: changedFirst(lines, by),
        functions: changedFirst(functions, by),
        tree: changedCall(old.tree, now.tree, by, (call, isOld) =>
            fileOf(call, isOld ? before : after),
        ),
    }
}

/** Names files as the later profile does, and both entries by one name. */
function sameEntry(before: ProfileSide, after: ProfileSide) {
    const [from, to] = [before, after].map(({ profile }) => profile.program.entry)
    return ({ file }: { file?: string }, side: ProfileSide) =>
        side === before && file === from ? to : file
}

function textOf({ file, line }: LineCost, { texts }: ProfileSide): string | number | undefined {
    const text = file === undefined ? undefined : texts.get(file)
    return text === undefined ? line : text.split("\n")[(line ?? 0) - 1]?.trim()
}

function sideOf({ name, headline, profile }: ProfileSide): DifferenceSide {
    const { program, board, simulated, boardTime, total, live, temporary } = profile
    return {
        ...{ name, ...(headline !== undefined && { headline }) },
        ...{ program, board, simulated, boardTime, total },
        ...{ ...(live && { live }), ...(temporary && { temporary }) },
    }
}

function byLine(a: { line: LineCost }, b: { line: LineCost }): number {
    return (a.line.line ?? 0) - (b.line.line ?? 0)
}

function byDeclaration(a: { one: FunctionCost }, b: { one: FunctionCost }): number {
    return (a.one.line ?? 0) - (b.one.line ?? 0)
}
