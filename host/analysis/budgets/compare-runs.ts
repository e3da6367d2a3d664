import { conditionsOf, type Baseline, findRun, type KnownRun } from "../../documents/check/baseline"
import {
    ALL_CHECK_FIGURES,
    figureOf,
    readFigures,
    type CheckFigure,
} from "../../documents/check/figures"
import type {
    ChangedFigure,
    ChangedPart,
    CheckChange,
    Expectations,
    Measurement,
    Part,
    Parts,
} from "../../documents/check/report"
import { formatDuration, formatBytesExact } from "../../base/format-units"
import { differenceOf, explainChange } from "./explain-change"

/** Rounding of figures over time: less than this is no difference. */
const NOTHING = 1e-6

/** A run whose parts may be asked for. */
type RunParts = { parts: Parts; ranMs: number }

/** What a program takes against what it took: each figure that matters and is another, and why. */
export function compareRuns(
    baseline: Baseline,
    { measured, parts }: Measurement,
    { budgets = [] }: Expectations,
): CheckChange {
    const { report } = measured
    const against = baseline.name
    const before = findRun(baseline, report)
    if (!before) return { against, isNew: true, figures: [] }
    const because = otherConditions(before, conditionsOf(report))
    if (because !== undefined) return { against, because, figures: [] }
    const values = readFigures(measured)
    const isBudgeted = new Set(budgets.map(({ figure }) => figure))
    const ranMs = (run: Parts, churn: number | null | undefined) => ({
        parts: run,
        // What was allocated, over how fast: the time that it took.
        ranMs: churn ? (sum(run.allocated) * 1000) / churn : 0,
    })
    const [old, now] = [ranMs(before.parts, before.figures.churn), ranMs(parts, values.churn)]
    const figures = ALL_CHECK_FIGURES.filter(
        name => figureOf(name).isTold || isBudgeted.has(name),
    ).flatMap(figure => {
        const change = { before: before.figures[figure] ?? null, after: values[figure] }
        return isSame(change) ? [] : [changedFigure(figure, change, old, now)]
    })
    return { against, figures }
}

function changedFigure(
    figure: CheckFigure,
    { before, after }: Pick<ChangedFigure, "before" | "after">,
    old: RunParts,
    now: RunParts,
): ChangedFigure {
    const difference = before === null || after === null ? null : after - before
    const [a, b] = [partsOf(figure, old), partsOf(figure, now)]
    const isExplained = difference !== null && figureOf(figure).parts && b
    return {
        ...{ figure, before, after, difference },
        ...(isExplained && { parts: closed(a ? explainChange(a, b) : [], difference) }),
    }
}

/** The parts of a figure in its own unit. */
export function partsOf(figure: CheckFigure, { parts, ranMs }: RunParts): Part[] | undefined {
    const { parts: kind, unit } = figureOf(figure)
    const found = kind && parts[kind]
    if (unit !== "bytes-per-second") return found
    return ranMs > 0
        ? found?.map(part => ({ ...part, value: (part.value * 1000) / ranMs }))
        : undefined
}

/** What is left when all parts are told, as a part of its own: in all they are the difference. */
function closed(parts: ChangedPart[], difference: number): ChangedPart[] {
    const rest = difference - parts.reduce((total, part) => total + differenceOf(part), 0)
    if (Math.abs(rest) < NOTHING * Math.max(1, Math.abs(difference))) return parts
    return [...parts, { what: "what nobody can tell the line of", value: [0, rest], count: [0, 1] }]
}

function isSame({ before, after }: Pick<ChangedFigure, "before" | "after">): boolean {
    if (before === null || after === null) return before === after
    return Math.abs(after - before) <= NOTHING * Math.max(1, Math.abs(after))
}

function otherConditions({ conditions: old }: KnownRun, now: KnownRun["conditions"]) {
    if (old.vm !== now.vm) return `it was made with DeviceScript ${old.vm}, this is ${now.vm}`
    if (old.forMs !== now.forMs)
        return `it ran for ${formatDuration(old.forMs)}, this for ${formatDuration(now.forMs)}`
    if (old.heapBytes !== now.heapBytes)
        return `it had ${formatBytesExact(old.heapBytes)} of heap, this ${formatBytesExact(now.heapBytes)}`
    if (old.seed !== now.seed) return `its seed was ${old.seed}, this is ${now.seed}`
    return undefined
}

function sum(parts: readonly Part[] = []): number {
    return parts.reduce((total, { value }) => total + value, 0)
}
