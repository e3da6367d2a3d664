/**
 * Time that a program takes of a board's processor, worked out from what the VM did: the same on every
 * machine. It is that of an RP2040 at 125 MHz (a Raspberry Pi Pico) whose code is always in the cache of
 * its flash; other chips are faster or slower, all programs alike. What the firmware does of its own accord,
 * waiting for time to pass above all, is not in it.
 */
export interface BoardTime {
    /** All of it, in milliseconds. */
    ms: number
    /** The program's instructions and the built-in functions that they call. */
    runningMs: number
    /** Finding room on the heap; the VM fills the hole behind it every time. */
    allocatingMs: number
    /** Marking and sweeping. */
    collectingMs: number
}

/** What one place in the bytecode took. */
export interface PlaceTime {
    /** Of the instruction. */
    pc: number
    time: BoardTime
}

/** The unit in which the instrumented VM counts: this many are a cycle. */
export const UNITS_A_CYCLE = 16
const CYCLES_A_MS = 125_000

/** Times from counted units, to the tenth of a microsecond. */
export function boardTimeOf(running: number, allocating: number, collecting: number): BoardTime {
    return {
        ms: toMs(running + allocating + collecting),
        runningMs: toMs(running),
        allocatingMs: toMs(allocating),
        collectingMs: toMs(collecting),
    }
}

/** No time. */
export function noBoardTime(): BoardTime {
    return boardTimeOf(0, 0, 0)
}

/** Adds `time` to `sum`. */
export function addBoardTime(sum: BoardTime, time: BoardTime): void {
    sum.ms = roundMs(sum.ms + time.ms)
    sum.runningMs = roundMs(sum.runningMs + time.runningMs)
    sum.allocatingMs = roundMs(sum.allocatingMs + time.allocatingMs)
    sum.collectingMs = roundMs(sum.collectingMs + time.collectingMs)
}

/** What `time` is beyond `before`, of which it has each part. */
export function boardTimeSince(before: BoardTime, time: BoardTime): BoardTime {
    return {
        ms: roundMs(time.ms - before.ms),
        runningMs: roundMs(time.runningMs - before.runningMs),
        allocatingMs: roundMs(time.allocatingMs - before.allocatingMs),
        collectingMs: roundMs(time.collectingMs - before.collectingMs),
    }
}

function toMs(units: number): number {
    return roundMs(units / UNITS_A_CYCLE / CYCLES_A_MS)
}

/** To the tenth of a microsecond. */
export function roundMs(ms: number): number {
    return Math.round(ms * 1e4) / 1e4
}
