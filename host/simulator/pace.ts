import { nextTurn, sleep } from "../base/pause"
import type { SimulatedBoard } from "./simulated-board"

/** Real milliseconds at a stretch: then others get a turn. */
const SLICE_MS = 40
/** Further behind real time than this, somebody slept or was slow: it is not made up for. Milliseconds. */
const MAX_LAG_MS = 1000
/** As fast as it can, real time is looked at once in so many steps: a look takes a part of what a step does. */
const STEPS_A_LOOK = 16

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
    options: PaceOptions,
): AsyncGenerator<void, boolean> {
    const { speed = Infinity, isDone, hasNews } = options
    let lastPause = performance.now()
    let origin = lastPause - board.nowMs / speed
    let canGoOn = true
    let isSettled = false
    const most = speed === Infinity ? STEPS_A_LOOK : 1
    while (canGoOn && !isDone?.() && board.nowMs < untilMs) {
        const settling = goOn(board, untilMs, most, isSettled, options)
        isSettled = settling !== undefined
        if (settling) {
            await settling
            continue
        }
        canGoOn = !board.isOver
        if (hasNews?.()) yield
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

/**
 * Lets a board go on until somebody else is to have a turn. A loop of its own, which nothing can suspend:
 * most of what a quiet board costs is to get from one step to the next.
 * @param most steps
 * @param isSettled what was to be waited for has been
 * @returns what is to be waited for before the next step
 */
function goOn(
    board: SimulatedBoard,
    untilMs: number,
    most: number,
    isSettled: boolean,
    { afterStep, isDone, hasNews }: PaceOptions,
): Promise<void> | undefined {
    for (let steps = 0; steps < most; steps++) {
        if (!isSettled || steps > 0) {
            const settling = board.settling()
            if (settling) return settling
        }
        const canGoOn = board.step(untilMs)
        afterStep?.()
        if (!canGoOn || hasNews?.() || isDone?.() || board.nowMs >= untilMs) break
    }
    return undefined
}
