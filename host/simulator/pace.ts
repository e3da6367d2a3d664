import { nextTurn, sleep } from "../base/pause"
import type { SimulatedBoard } from "./simulated-board"

/** Real milliseconds at a stretch: then others get a turn. */
const SLICE_MS = 40
/** Further behind real time than this, somebody slept or was slow: it is not made up for. Milliseconds. */
const MAX_LAG_MS = 1000
/** As fast as it can, real time is looked at once in so many steps: a look takes a part of what a step does. */
const STEPS_A_LOOK = 8

export interface PaceOptions {
    /** The most simulated time for a real one: 1 is real time. Default: as fast as it can. */
    speed?: number
    /** Called after every step, before all else. */
    afterStep?: () => void
    /** Asked after every step: whether to stop here. */
    isDone?: () => boolean
    /** Asked after every step: whether to yield here, breath or not. */
    hasNews?: () => boolean
}

/**
 * Lets a board's time pass to a moment, or until its program is over, without keeping the process from
 * everything else. It yields between steps a few times a second of real time, and goes on when whoever
 * runs it wants more.
 * @returns whether the program can still do anything
 */
export async function* pace(
    board: SimulatedBoard,
    untilMs: number,
    { speed = Infinity, afterStep, isDone, hasNews }: PaceOptions,
): AsyncGenerator<void, boolean> {
    let lastPause = performance.now()
    let origin = lastPause - board.nowMs / speed
    let canGoOn = true
    let steps = 0
    while (canGoOn && !isDone?.() && board.nowMs < untilMs) {
        const settling = board.settling()
        if (settling) await settling
        canGoOn = board.step(untilMs)
        afterStep?.()
        if (hasNews?.()) yield
        if (speed === Infinity && ++steps % STEPS_A_LOOK !== 0) continue
        const now = performance.now()
        const aheadMs = speed < Infinity ? origin + board.nowMs / speed - now : 0
        if (aheadMs > 0) await sleep(aheadMs)
        else if (now - lastPause >= SLICE_MS) await nextTurn()
        else continue
        if (-aheadMs > MAX_LAG_MS) origin -= aheadMs
        if (performance.now() - lastPause < SLICE_MS) continue
        yield
        lastPause = performance.now()
    }
    return canGoOn
}
