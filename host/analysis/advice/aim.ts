import { COMPLEXITIES, saved, type Advice } from "../../documents/advice"
import type { Aim, AimReport } from "../../documents/aim"
import type { HeapFigures } from "../../model/figures"

/** Beyond so many, sets are not tried one by one: what saves little is left out of the search. */
const MAX_TRIED = 16
/** A change more is worth less than a change that is harder: what each kind of change weighs. */
const WEIGHTS = { low: 1, medium: 3, high: 9 } as const

/**
 * The simplest changes that reach an aim, simple ones first, and no more of them: leaving out any one
 * would miss it. What ends a fault is always among them.
 * @returns all of the advice, simple first, when even that misses
 */
export function reach(
    aim: Aim,
    heap: HeapFigures,
    advice: readonly Advice[],
): { advice: Advice[]; aim: AimReport } {
    const ends = advice.filter(({ endsFault }) => endsFault)
    const before = aim.figure === "live" ? heap.highWaterLiveBytes : heap.fragmentation
    const isMet = before <= aim.most && ends.length === 0
    if (isMet) return { advice: [], aim: { ...aim, before, after: before, state: "met" } }
    if (aim.figure === "fragmentation")
        return {
            advice: simpleFirst(advice),
            aim: { ...aim, before, after: null, state: advice.length > 0 ? "unknown" : "missed" },
        }
    const needed = before - aim.most
    const others = advice
        .filter(one => !one.endsFault && lowers(one) > 0)
        .sort((a, b) => lowers(b) - lowers(a))
        .slice(0, MAX_TRIED)
    const chosen = simplest(others, needed - sum(ends))
    const kept = simpleFirst([...ends, ...(chosen ?? others)])
    const state = chosen ? "reached" : "missed"
    return { advice: kept, aim: { ...aim, before, after: before - sum(kept), state } }
}

/** By how much a change lowers the most that is live: what is kept, or else what is live while it is made. */
export function lowers({ live, peak }: Advice): number {
    return saved(live) > 0 ? saved(live) : saved(peak)
}

function sum(advice: readonly Advice[]): number {
    return advice.reduce((bytes, one) => bytes + lowers(one), 0)
}

/** Of all sets that save so much the simplest, and of those the one that saves most. */
function simplest(advice: readonly Advice[], needed: number): Advice[] | undefined {
    let best: { set: Advice[]; weight: number; bytes: number } | undefined
    for (let bits = 0; bits < 1 << advice.length; bits++) {
        const set = advice.filter((_, i) => bits & (1 << i))
        const bytes = sum(set)
        if (bytes < needed) continue
        const weight = set.reduce(
            (total, { complexity }) => total + WEIGHTS[complexity ?? "low"],
            0,
        )
        if (!best || weight < best.weight || (weight === best.weight && bytes > best.bytes))
            best = { set, weight, bytes }
    }
    return best?.set
}

function simpleFirst(advice: readonly Advice[]): Advice[] {
    const rank = ({ endsFault, complexity }: Advice) =>
        endsFault ? -1 : COMPLEXITIES.indexOf(complexity ?? "low")
    return [...advice].sort((a, b) => rank(a) - rank(b) || lowers(b) - lowers(a))
}
