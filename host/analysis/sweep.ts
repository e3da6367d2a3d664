import { UserError } from "../base/errors"
import {
    SWEEP_FIGURES,
    type BreakEven,
    type SweepPoint,
    type SweepSeries,
} from "../documents/sweep-report"

/** What is to be varied: `SIZE=10..2000`. */
export interface SweepRange {
    name: string
    from: number
    to: number
}

const MAX_VALUE = 1_000_000

/** @throws UserError for what is no range */
export function readSweep(text: string): SweepRange {
    const match = /^([A-Za-z_$][\w$]*)=(\d{1,7})\.\.(\d{1,7})$/.exec(text)
    const [from, to] = [Number(match?.[2]), Number(match?.[3])]
    if (!match || from < 1 || !(from < to) || to > MAX_VALUE)
        throw new UserError(
            "E_VALUE",
            `--sweep ${text} is no constant with a range: give NAME=10..2000, whole numbers from 1 on, the smaller one first, 1,000,000 at most.`,
        )
    return { name: match[1]!, from, to }
}

/** Where each series begins to take no more than another does, for good: of values with which both live. */
export function breakEvens(series: readonly Pick<SweepSeries, "entry" | "points">[]): BreakEven[] {
    return series.flatMap(better =>
        series.flatMap(worse =>
            SWEEP_FIGURES.flatMap(figure => {
                if (better === worse) return []
                const both = better.points.flatMap(({ n }) => {
                    const [a, b] = [pointAt(better.points, n), pointAt(worse.points, n)]
                    return a && b ? [{ n, less: b[figure] - a[figure] }] : []
                })
                const end = both.at(-1)
                if (!end || end.less <= 0) return []
                const { n } = both[both.findLastIndex(({ less }) => less < 0) + 1]!
                return [{ figure, better: better.entry, worse: worse.entry, n }]
            }),
        ),
    )
}

function pointAt(points: readonly SweepPoint[], n: number): SweepPoint | undefined {
    return points.find(point => point.n === n && point.outcome.kind !== "panicked")
}
