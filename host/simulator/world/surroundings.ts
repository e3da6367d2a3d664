import { seedOf } from "./seed-of"
import { daily, daylight, noise, scaled, wandering, type Signal } from "./signals"

/** What the sensors feel: functions of simulated time alone, in milliseconds, so looking changes nothing. */
export interface Surroundings {
    /** Degrees Celsius. */
    temperature(nowMs: number): number
    /** Relative, in percent. */
    humidity(nowMs: number): number
    /** Hectopascals. */
    pressure(nowMs: number): number
    /** Lux: a day has a night. */
    illuminance(nowMs: number): number
    uvIndex(nowMs: number): number
    /** From -1 to 1: something that moves now and then, along an axis. */
    sway(nowMs: number, axis: number): number
    /** From 0 to 1: a knob that somebody turns, at a pin. */
    knob(nowMs: number, pin: number): number
    /** Whether somebody presses the button at a pin. */
    pressed(nowMs: number, pin: number): boolean
    /** The level that somebody gives a pin, 0 or 1; undefined where nobody does. */
    level?(nowMs: number, pin: number): number | undefined
    /** The share of the reference voltage that somebody gives a pin, 0 to 1; undefined where nobody does. */
    share?(nowMs: number, pin: number): number | undefined
}

/** Nothing is felt and nobody comes. */
export const QUIET: Surroundings = {
    temperature: () => 0,
    humidity: () => 0,
    pressure: () => 0,
    illuminance: () => 0,
    uvIndex: () => 0,
    sway: () => 0,
    knob: () => 0,
    pressed: () => false,
}

/** What an accelerometer feels along an axis when it lies flat and sways a little, in g. */
export function acceleration(surroundings: Surroundings, nowMs: number, axis: number): number {
    return (axis === 2 ? 1 : 0) + 0.2 * surroundings.sway(nowMs, axis)
}

/** Somebody comes to each button about this often, and holds it for this long. */
const PRESS_EVERY_MS = 7_000
const PRESS_MS = 180
/** How fast something sways. */
const SWAY_MS = 900

/** Surroundings that follow the day and wander within minutes, the same for the same seed. */
export function makeSurroundings(seed: number): Surroundings {
    const sways = forEach(axis => noise(SWAY_MS, seedOf(seed, `sway ${axis}`)))
    const knobs = forEach(pin => wandering(0, 1, seedOf(seed, `knob ${pin}`)))
    const presses = forEach(pin => pressStarts(seedOf(seed, `press ${pin}`)))
    const sun = daylight(seedOf(seed, "sun"))
    return {
        temperature: daily({ mean: 21, swing: 3, stray: 1 }, seedOf(seed, "temperature")),
        humidity: daily({ mean: 45, swing: 8, stray: 2, peakHour: 3 }, seedOf(seed, "humidity")),
        pressure: daily({ mean: 1013, swing: 2, stray: 3, peakHour: 10 }, seedOf(seed, "pressure")),
        illuminance: scaled(sun, 1, 9_000),
        uvIndex: scaled(sun, 0, 6),
        sway: (nowMs, axis) => sways(axis)(nowMs),
        knob: (nowMs, pin) => knobs(pin)(nowMs),
        pressed: (nowMs, pin) => {
            const fromMs = presses(pin)(nowMs)
            return nowMs >= fromMs && nowMs < fromMs + PRESS_MS
        },
    }
}

/** When the press begins whose turn it is: once in every so many seconds, at no regular time. */
function pressStarts(seed: number): Signal {
    let known = -1
    let startMs = 0
    return nowMs => {
        const turn = Math.floor(nowMs / PRESS_EVERY_MS)
        if (turn !== known) {
            known = turn
            const share = 0.1 + 0.8 * (seedOf(seed, String(turn)) / 2 ** 32)
            startMs = turn * PRESS_EVERY_MS + share * (PRESS_EVERY_MS - PRESS_MS)
        }
        return startMs
    }
}

/** One signal for each pin or axis, made when it is first asked for. */
function forEach(make: (key: number) => Signal): (key: number) => Signal {
    const made = new Map<number, Signal>()
    return key => {
        let signal = made.get(key)
        if (!signal) made.set(key, (signal = make(key)))
        return signal
    }
}
