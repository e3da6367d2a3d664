import { SeededRandom } from "../../../base/seeded-random"

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

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** The board is switched on at eight in the morning. */
const MORNING_MS = 8 * 60 * MINUTE_MS
/** Somebody comes to each button about this often, and holds it for this long. */
const PRESS_EVERY_MS = 7_000
const PRESS_MS = 180

/** Surroundings that follow the day and wander within minutes, the same for the same seed. */
export function makeSurroundings(seed: number): Surroundings {
    const wander = (nowMs: number, periodMs: number, stream: number) =>
        smooth(nowMs / periodMs, index => height(seed, stream, index))
    // -1 before dawn to 1 in the afternoon.
    const warmth = (nowMs: number) =>
        Math.cos((2 * Math.PI * (nowMs + MORNING_MS - (15 / 24) * DAY_MS)) / DAY_MS)
    const daylight = (nowMs: number) => {
        const hour = (((nowMs + MORNING_MS) % DAY_MS) / DAY_MS) * 24
        const sun = Math.max(0, Math.sin((Math.PI * (hour - 6)) / 12))
        return sun * (0.85 + 0.15 * wander(nowMs, 10 * MINUTE_MS, 4))
    }
    return {
        temperature: nowMs => 21 + 3 * warmth(nowMs) + wander(nowMs, 4 * MINUTE_MS, 1),
        humidity: nowMs => 45 - 8 * warmth(nowMs) + 2 * wander(nowMs, 5 * MINUTE_MS, 2),
        pressure: nowMs => 1013 + 6 * wander(nowMs, 300 * MINUTE_MS, 3),
        illuminance: nowMs => 1 + 9_000 * daylight(nowMs),
        uvIndex: nowMs => 6 * daylight(nowMs),
        sway: (nowMs, axis) => wander(nowMs, 900, 10 + axis),
        knob: (nowMs, pin) => 0.5 + 0.5 * wander(nowMs, 20_000, 100 + pin),
        pressed: (nowMs, pin) => {
            const turn = Math.floor(nowMs / PRESS_EVERY_MS)
            const from = (0.5 + 0.4 * height(seed, 200 + pin, turn)) * (PRESS_EVERY_MS - PRESS_MS)
            const at = nowMs % PRESS_EVERY_MS
            return at >= from && at < from + PRESS_MS
        },
    }
}

/** A smooth curve through a height at every whole number. */
function smooth(at: number, heightAt: (index: number) => number): number {
    const index = Math.floor(at)
    const part = at - index
    const from = heightAt(index)
    return from + (heightAt(index + 1) - from) * part * part * (3 - 2 * part)
}

const bytes = new Uint8Array(8)

/** A random number from -1 to 1 for each index of each stream. */
function height(seed: number, stream: number, index: number): number {
    const mixed = Math.imul(seed ^ Math.imul(stream, 0x9e3779b1), 0x85ebca6b)
    new SeededRandom(mixed ^ Math.imul(index + 1, 0xc2b2ae35)).fill(bytes)
    return ((bytes[6]! << 8) | bytes[7]!) / 32_767.5 - 1
}
