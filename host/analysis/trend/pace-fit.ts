import { allocationCosts, AllocationsSeen } from "./allocation-cost"
import { levelCost, levelsSeen } from "./level-cost"
import type { ProbeCycle } from "./probe-cycles"
import { STEP, type KnownLife } from "./program-life"
import { quantile } from "./quantile"

/** A board grows at most so many times as slowly, or as fast, as the life that is known. */
export const MOST_SLOWER = 4
const MOST_STEPS = Math.round(Math.log(MOST_SLOWER) / STEP)
/** That it grows twice, or half, as fast costs so much; four times as fast, four times that. */
const PACE_COST = 1

/** What a board reported. */
export interface BoardSeen {
    cycles: readonly ProbeCycle[]
    /** Its first and last probe, in its program's own milliseconds. */
    fromMs: number
    nowMs: number
    /** Bytes of its heap that blocks can use. */
    capacityBytes: number
}

/** A pace that a board may grow at. */
export interface Pace {
    /** How many times as slowly as the life that is known. */
    slower: number
    /** How badly what was seen fits: in all, */
    cost: number
    /** and what was live alone. */
    levelCost: number
}

/** How badly all paces fit to what a board reported. */
export interface PaceFit {
    /** The fastest one first. */
    paces: readonly Pace[]
    /** How badly it fits that nothing grows. */
    standstillCost: number
}

/** @returns undefined where too little was seen to tell */
export function fitPaces(life: KnownLife, seen: BoardSeen): PaceFit | undefined {
    const { cycles, fromMs, nowMs, capacityBytes } = seen
    const levels = levelsSeen(cycles, fromMs, nowMs, capacityBytes)
    if (!levels) return undefined
    const allocations = new AllocationsSeen(cycles, capacityBytes)
    const latest = Math.max(...life.deathsMs)
    const steps = Array.from({ length: 2 * MOST_STEPS + 1 }, (_, i) => i - MOST_STEPS)
    const costs = allocationCosts([
        ...steps.map(step =>
            // What is as fast as that has died by now.
            nowMs < latest * Math.exp(step * STEP)
                ? allocations.unexplained(place => life.allocatedBy(place - step))
                : undefined,
        ),
        allocations.unexplained(() => 0),
    ])
    const paces = steps.map((step, i) => {
        const cost = levelCost(
            levels,
            place => life.levelAt(place - step),
            place => life.largestAt(place - step),
        )
        const unlikely = PACE_COST * ((step * STEP) / Math.LN2) ** 2
        const slower = Math.exp(step * STEP)
        return { slower, cost: costs[i]! + cost + unlikely, levelCost: cost }
    })
    const stays = quantile(
        levels.map(({ level }) => level),
        0.5,
    )
    const still = levelCost(
        levels,
        () => stays,
        () => 0,
    )
    return { paces, standstillCost: costs.at(-1)! + still }
}
