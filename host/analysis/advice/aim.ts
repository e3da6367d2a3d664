import { COMPLEXITIES, saved, type Advice } from "../../documents/advice"
import type { Aim, AimReport } from "../../documents/aim"
import type { HeapFigures } from "../../model/figures"
import type { Prediction } from "./prediction"

/** Beyond so many, sets are not tried one by one: what saves little is left out of the search. */
const MAX_TRIED = 16
/** The same where each set is a run done over. */
const MAX_REPLAYED = 8
/** And so many allocations are done over in all, about. */
const MAX_ALLOCATIONS = 2e7
/** A change more is worth less than a change that is harder: what each kind of change weighs. */
const WEIGHTS = { low: 1, medium: 3, high: 9 } as const

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
    const ends = advice.filter(({ endsFault }) => endsFault)
    const isLive = aim.figure === "live"
    const before = isLive
        ? heap.highWaterLiveBytes
        : (prediction?.fragmentation ?? heap.fragmentation)
    const isMet = before <= aim.most && ends.length === 0
    if (isMet) return { advice: [], aim: { ...aim, before, after: before, state: "met" } }
    const found = isLive
        ? byLiveBytes(before - aim.most, advice, ends)
        : byFragmentation(aim.most, advice, ends, prediction)
    const kept = simpleFirst(found?.advice ?? advice)
    if (!found) {
        const state = advice.length > 0 ? "unknown" : "missed"
        return { advice: kept, aim: { ...aim, before, after: null, state } }
    }
    const after = isLive ? before - sum(kept) : found.after!
    return { advice: kept, aim: { ...aim, before, after, state: found.state } }
}

/** By how much a change lowers the most that is live: what is kept, or else what is live while it is made. */
export function lowers({ live, peak }: Advice): number {
    return saved(live) > 0 ? saved(live) : saved(peak)
}

interface Found {
    advice: readonly Advice[]
    state: "reached" | "missed"
    after?: number
}

function byLiveBytes(most: number, advice: readonly Advice[], ends: readonly Advice[]): Found {
    const others = advice
        .filter(one => !one.endsFault && lowers(one) > 0)
        .sort((a, b) => lowers(b) - lowers(a))
        .slice(0, MAX_TRIED)
    const needed = most - sum(ends)
    // Of those that weigh alike, the one that saves most.
    const chosen = setsOf(others).reduce<WeighedSet | undefined>((best, one) => {
        if (sum(one.set) < needed) return best
        const isBetter =
            !best ||
            one.weight < best.weight ||
            (one.weight === best.weight && sum(one.set) > sum(best.set))
        return isBetter ? one : best
    }, undefined)
    return chosen
        ? { advice: [...ends, ...chosen.set], state: "reached" }
        : { advice: [...ends, ...others], state: "missed" }
}

/** @returns undefined when nobody can tell */
function byFragmentation(
    most: number,
    advice: readonly Advice[],
    ends: readonly Advice[],
    prediction: Prediction | undefined,
): Found | undefined {
    const alone = prediction?.fragmentationWith(ends)
    if (!prediction || alone === undefined) return undefined
    const byEffect = advice
        .filter(({ endsFault }) => !endsFault)
        .flatMap(one => {
            const after = prediction.fragmentationWith([...ends, one])
            return after === undefined ? [] : [{ one, effect: alone - after }]
        })
        .sort((a, b) => b.effect - a.effect)
        .slice(0, MAX_REPLAYED)
    const effects = new Map(byEffect.map(({ one, effect }) => [one, effect]))
    const effectOf = (set: readonly Advice[]) =>
        set.reduce((total, one) => total + effects.get(one)!, 0)
    const sets = setsOf(byEffect.map(({ one }) => one))
        .sort((a, b) => a.weight - b.weight || effectOf(b.set) - effectOf(a.set))
        .slice(0, Math.ceil(MAX_ALLOCATIONS / prediction.allocations))
    for (const { set } of sets) {
        const after = prediction.fragmentationWith([...ends, ...set])!
        if (after <= most) return { advice: [...ends, ...set], state: "reached", after }
    }
    const helpful = byEffect.filter(({ effect }) => effect > 0).map(({ one }) => one)
    const after = prediction.fragmentationWith([...ends, ...helpful])!
    return { advice: [...ends, ...helpful], state: "missed", after }
}

function sum(advice: readonly Advice[]): number {
    return advice.reduce((bytes, one) => bytes + lowers(one), 0)
}

interface WeighedSet {
    set: Advice[]
    weight: number
}

/** All sets of some advice, with what the changes of each weigh. */
function setsOf(advice: readonly Advice[]): WeighedSet[] {
    return Array.from({ length: 1 << advice.length }, (_, bits) => {
        const set = advice.filter((_, i) => bits & (1 << i))
        const weigh = (total: number, one: Advice) => total + WEIGHTS[one.complexity ?? "low"]
        return { set, weight: set.reduce(weigh, 0) }
    })
}

function simpleFirst(advice: readonly Advice[]): Advice[] {
    const rank = ({ endsFault, complexity }: Advice) =>
        endsFault ? -1 : COMPLEXITIES.indexOf(complexity ?? "low")
    return [...advice].sort((a, b) => rank(a) - rank(b) || lowers(b) - lowers(a))
}
