import { nextTurn, sleep } from "../base/pause"
import type { SimulatedBoard } from "./simulated-board"

/** Real milliseconds at a stretch: then others get a turn. */
const BREATH_MS = 40

export interface PaceOptions {
    /** Lets simulated time pass no faster than real time. */
    realtime?: boolean
    /** Asked after every step: whether to stop here. */
    isDone?: () => boolean
    /** Called a few times a second of real time, between steps. @returns whether to go on */
    onBreath?: () => boolean
}

/**
 * Lets a board's time pass to a moment, or until its program is over, without keeping the process from
 * everything else.
 * @returns whether the program can still do anything
 */
export async function runPaced(
    board: SimulatedBoard,
    untilMs: number,
    { realtime, isDone, onBreath }: PaceOptions,
): Promise<boolean> {
    const began = performance.now() - board.nowMs
    let lastBreath = performance.now()
    let canGoOn = true
    while (canGoOn && !isDone?.() && board.nowMs < untilMs) {
        const settling = board.settling()
        if (settling) await settling
        canGoOn = board.step(untilMs)
        const now = performance.now()
        if (realtime && began + board.nowMs > now) await sleep(began + board.nowMs - now)
        else if (now - lastBreath < BREATH_MS) continue
        else await nextTurn()
        if (performance.now() - lastBreath >= BREATH_MS) lastBreath = performance.now()
        else continue
        if (onBreath && !onBreath()) break
    }
    return canGoOn
}
