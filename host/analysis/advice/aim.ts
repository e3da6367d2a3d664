import { COMPLEXITIES, saved, type Advice } from "../../documents/advice"
import type { Aim, AimReport } from "../../documents/aim"
import type { HeapFigures } from "../../model/figures"
import type { Prediction } from "./prediction"

/** Beyond so many, sets are not tried one by one: what does little is left out of the search. */
const MAX_TRIED = 16
/** The same where each set is a run done over. */
const MAX_REPLAYED = 8
/** And so many allocations are done over in all, about. */
const MAX_ALLOCATIONS = 1e7
/** A change more is worth less than a change that is harder: what each kind of change weighs. */
const WEIGHTS = { low: 1, medium: 3, high: 9 } as const

/** What the aim's figure will be with some advice followed. */
type Foretell = (advice: readonly Advice[]) => number

/**
 * The simplest changes that reach an aim, simple ones first, and no more of them: leaving out any one
 * would miss it. What ends a fault is always among them.
 * @param prediction of the same run; without one, nobody can tell what becomes of fragmentation
 * @returns all of the advice, simple first, when even that misses
 */
export function reach(
    aim: Aim,
    heap: HeapFigures,
    advice: readonly Advice[],
    prediction?: Prediction,
): { advice: Advice[]; aim: AimReport } {
    const { figure, most } = aim
    const ends = advice.filter(({ endsFault }) => endsFault)
    const others = advice.filter(({ endsFault }) => !endsFault)
    const before =
        figure === "live"
            ? heap.highWaterLiveBytes
            : (prediction?.fragmentation ?? heap.fragmentation)
    const told = (state: AimReport["state"], after: number | null, kept: readonly Advice[]) => ({
        advice: simpleFirst(kept),
        aim: { ...aim, before, after, state },
    })
    if (before <= most && ends.length === 0) return told("met", before, [])

    let found: { set: Advice[]; after: number }
    if (figure === "live") {
        const candidates = others.filter(one => lowers(one) > 0)
        found = simplest(most, candidates, ends, set => before - sum(set), MAX_TRIED, Infinity)
    } else {
        if (!prediction?.canTell(ends))
            return told(advice.length > 0 ? "unknown" : "missed", null, advice)
        const known = others.filter(one => prediction.canTell([one]))
        const foretell: Foretell = set => prediction.fragmentationWith(set)!
        const mostSets = Math.ceil(MAX_ALLOCATIONS / prediction.allocations)
        found = simplest(most, known, ends, foretell, MAX_REPLAYED, mostSets)
    }
    return told(found.after <= most ? "reached" : "missed", found.after, [...ends, ...found.set])
}

/** By how much a change lowers the most that is live: what is kept, or else what is live while it is made. */
export function lowers({ live, peak }: Advice): number {
    return saved(live) > 0 ? saved(live) : saved(peak)
}

/** The simplest set that comes down to so much; of those that weigh alike, what does most. If none does, the one that comes nearest. */
function simplest(
    most: number,
    candidates: readonly Advice[],
    ends: readonly Advice[],
    foretell: Foretell,
    mostTried: number,
    mostSets: number,
): { set: Advice[]; after: number } {
    const alone = foretell(ends)
    const effects = new Map(candidates.map(one => [one, alone - foretell([...ends, one])]))
    const tried = [...candidates]
        .sort((a, b) => effects.get(b)! - effects.get(a)!)
        .slice(0, mostTried)
    const sets = Array.from({ length: 1 << tried.length }, (_, bits) => {
        const set = tried.filter((_, i) => bits & (1 << i))
        const weigh = (total: number, one: Advice) => total + WEIGHTS[one.complexity ?? "low"]
        const effect = set.reduce((total, one) => total + effects.get(one)!, 0)
        return { set, weight: set.reduce(weigh, 0), effect }
    }).sort((a, b) => a.weight - b.weight || b.effect - a.effect)
    let nearest = { set: [] as Advice[], after: alone }
    for (const { set } of [...sets.slice(0, mostSets), sets.at(-1)!]) {
        const after = foretell([...ends, ...set])
        if (after < nearest.after) nearest = { set, after }
        if (after <= most) return { set, after }
    }
    return nearest
}

function sum(advice: readonly Advice[]): number {
    return advice.reduce((bytes, one) => bytes + lowers(one), 0)
}

function simpleFirst(advice: readonly Advice[]): Advice[] {
    const rank = ({ endsFault, complexity }: Advice) =>
        endsFault ? -1 : COMPLEXITIES.indexOf(complexity ?? "low")
    return [...advice].sort((a, b) => rank(a) - rank(b) || lowers(b) - lowers(a))
}
