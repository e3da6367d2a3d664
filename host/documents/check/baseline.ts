import type { FigureValues, StructureUse } from "./figures"
import type { CallNode } from "../profile-report"
import type { Budget, Check, Parts } from "./report"

/** What programs took on boards before: of a file, of a commit, of an earlier report. */
export interface Baseline {
    /** As people know it: `heapscope.baseline`, `main at 1a2b3c4`. */
    name: string
    runs: KnownRun[]
    /** It is about to be made anew: what changed is told, and no budget is held against it. */
    isReplaced?: true
}

/** One program on one board, as it was. */
export interface KnownRun {
    program: string
    board: string
    /** What makes it comparable. */
    conditions: Conditions
    figures: Partial<FigureValues>
    structures: StructureUse[]
    /** Those that are kept: of the others nobody can say what they were made of. */
    parts: Parts
    budgets: Pick<Budget, "figure" | "structure" | "limit" | "reason">[]
    /** Who allocated, of one that was run for this check. */
    tree?: CallNode
}

/** Two runs that differ in one of these differ in their figures. */
export interface Conditions {
    forMs: number
    seed: number
    heapBytes: number
    /** Of the VM. */
    vm: string
}

/** What makes a run comparable. */
export function conditionsOf({ asked, board, vm }: Check["report"]): Conditions {
    const { forMs, seed } = asked
    return { forMs, seed, heapBytes: board.heapBytes, vm: vm.version }
}

/** A check as it may be held against later. */
export function knownRun(check: Check, tree?: CallNode): KnownRun {
    const { report, figures, structures, parts, expected } = check
    return {
        program: report.program.entry,
        board: report.board.id,
        conditions: conditionsOf(report),
        ...{ figures, structures, parts },
        ...(tree && { tree }),
        budgets: (expected.budgets ?? [])
            .filter(isKept)
            .map(({ figure, structure, limit, reason }) => ({
                ...{ figure, limit },
                ...(structure !== undefined && { structure }),
                ...(reason !== undefined && { reason }),
            })),
    }
}

/** Whether who changes a budget is to say why: one of the command line is nobody's but the caller's. */
export function isKept({ of }: Pick<Budget, "of">): boolean {
    return !of.startsWith("--")
}

/** What a program took on a board, as far as a check could be compared with it. */
export function comparable(
    { report, change }: Check,
    baseline: Baseline | undefined,
): KnownRun | undefined {
    return baseline && change?.because === undefined ? findRun(baseline, report) : undefined
}

/** What a program took on a board. */
export function findRun(
    { runs }: Baseline,
    { program, board }: Check["report"],
): KnownRun | undefined {
    return runs.find(run => run.program === program.entry && run.board === board.id)
}
