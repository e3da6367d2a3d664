import { seedOf } from "./seed-of"

/** A quantity that changes by itself: its value at a simulated time, in milliseconds since power-on. */
export type Signal = (nowMs: number) => number

/** The world's time of day at power-on, in hours. */
const POWER_ON_HOUR = 8
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What a quantity does over a day. */
export interface DailyCourse {
    mean: number
    /** How far it goes to either side of the mean over a day. */
    swing: number
    /** How far it strays from that course within minutes. */
    stray: number
    /** Hour of the day at which it is highest. Default: 15. */
    peakHour?: number
}

/** A quantity that follows the day: warm in the afternoon, cold before dawn. */
export function daily({ mean, swing, stray, peakHour = 15 }: DailyCourse, seed: number): Signal {
    const wander = noise(4 * 60_000, seed)
    const flicker = noise(5_000, seedOf(seed, "flicker"))
    return nowMs =>
        mean +
        swing * Math.cos((2 * Math.PI * (hourAt(nowMs) - peakHour)) / 24) +
        stray * (0.8 * wander(nowMs) + 0.2 * flicker(nowMs))
}

/** Daylight, 0 at night to 1 at noon, with clouds. */
export function daylight(seed: number): Signal {
    const clouds = noise(10 * 60_000, seed)
    return nowMs => {
        const height = Math.sin((Math.PI * (hourAt(nowMs) - 6)) / 12)
        return Math.max(0, height) * (0.8 + 0.2 * clouds(nowMs))
    }
}

/** A quantity that wanders over its whole range and stays nowhere, in minutes from end to end. */
export function wandering(low: number, high: number, seed: number, pace = 1): Signal {
    const slow = noise(20_000 / pace, seed)
    const fast = noise(3_000 / pace, seedOf(seed, "fast"))
    return nowMs => {
        const at = 0.5 + 0.55 * slow(nowMs) + 0.1 * fast(nowMs)
        return low + (high - low) * Math.min(1, Math.max(0, at))
    }
}

/** A signal from 0 to 1, as one from `low` to `high`. */
export function scaled(signal: Signal, low: number, high: number): Signal {
    return nowMs => low + (high - low) * signal(nowMs)
}

/** Hour of the world's day, 0 up to 24. */
export function hourAt(nowMs: number): number {
    return ((POWER_ON_HOUR * HOUR_MS + nowMs) % DAY_MS) / HOUR_MS
}

/**
 * Smooth noise from -1 to 1: a random height every `periodMs`, and a curve from one to the next. It is a
 * function of the time alone, so a device that is looked at seldom has the same values.
 */
export function noise(periodMs: number, seed: number): Signal {
    const height = (index: number) => (seedOf(seed, String(index)) / 2 ** 32) * 2 - 1
    let known = -1
    let from = 0
    let to = 0
    return nowMs => {
        const index = Math.floor(nowMs / periodMs)
        if (index !== known) {
            known = index
            from = height(index)
            to = height(index + 1)
        }
        const part = nowMs / periodMs - index
        return from + (to - from) * part * part * (3 - 2 * part)
    }
}
