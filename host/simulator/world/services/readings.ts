import { seedOf } from "../seed-of"
import { daily, daylight, scaled, wandering, type Signal } from "../signals"

/**
 * What the sensors of a simulated world read, by the short name of their service in the Jacdac
 * catalogue, in the service's own units. What is not here wanders over its typical range.
 */
const READINGS: Record<string, (seed: number) => Signal> = {
    /** Degrees Celsius. */
    temperature: seed => daily({ mean: 21, swing: 3, stray: 1 }, seed),
    /** Per cent of relative humidity: lowest when it is warmest. */
    humidity: seed => daily({ mean: 48, swing: 8, stray: 3, peakHour: 4 }, seed),
    /** Hectopascals. */
    airpressure: seed => daily({ mean: 1013, swing: 2, stray: 3, peakHour: 10 }, seed),
    /** Parts per million. */
    eco2: seed => daily({ mean: 650, swing: 180, stray: 90, peakHour: 18 }, seed),
    /** Parts per billion. */
    tvoc: seed => daily({ mean: 180, swing: 60, stray: 50, peakHour: 18 }, seed),
    airqualityindex: seed => daily({ mean: 60, swing: 20, stray: 15, peakHour: 18 }, seed),
    /** Lux. */
    illuminance: seed => scaled(daylight(seed), 5, 12_000),
    lightlevel: seed => scaled(daylight(seed), 0.02, 0.95),
    uvindex: seed => scaled(daylight(seed), 0, 6),
    soilmoisture: seed => daily({ mean: 0.45, swing: 0.08, stray: 0.05, peakHour: 6 }, seed),
    waterlevel: seed => daily({ mean: 0.6, swing: 0.15, stray: 0.05, peakHour: 6 }, seed),
    /** Metres per second, and degrees. */
    windspeed: seed => daily({ mean: 4, swing: 2, stray: 2, peakHour: 14 }, seed),
    winddirection: seed => wandering(0, 359, seed, 0.1),
    /** Beats per minute, and per cent of oxygen. */
    heartrate: seed => daily({ mean: 74, swing: 6, stray: 8 }, seed),
    pulseoximeter: seed => daily({ mean: 97.5, swing: 0.5, stray: 1 }, seed),
    /** Metres. */
    distance: seed => wandering(0.05, 2.5, seed),
    /** Kilograms. */
    weightscale: seed => wandering(0, 5, seed, 0.2),
    /** pH. */
    acidity: seed => daily({ mean: 7, swing: 0.2, stray: 0.2 }, seed),
    magneticfieldlevel: seed => wandering(-1, 1, seed),
    compass: seed => wandering(0, 359, seed),
    /** Millimetres since the gauge was emptied. */
    raingauge: () => nowMs => Math.floor(nowMs / 600_000) * 0.2,
    /** Ampere and volt. */
    dccurrentmeasurement: seed => daily({ mean: 0.12, swing: 0.02, stray: 0.03 }, seed),
    dcvoltagemeasurement: seed => daily({ mean: 3.9, swing: 0.15, stray: 0.05 }, seed),
}

/** The signal of a sensor, and for one the catalogue's typical range has to do. */
export function readingSignal(
    service: string,
    range: { low: number; high: number },
    seed: number,
): Signal {
    const signal = READINGS[service]?.(seed)
    if (!signal) return wandering(range.low, range.high, seed)
    const extremes = TRIED[service]
    return extremes ? triedOut(signal, extremes, seed) : signal
}

/** How far a reading goes when somebody tries out its sensor, in the service's own units. */
const TRIED: Record<string, { low: number; high: number }> = {
    temperature: { low: 4, high: 42 },
    humidity: { low: 20, high: 97 },
    airpressure: { low: 900, high: 1500 },
    eco2: { low: 400, high: 4000 },
    tvoc: { low: 0, high: 1000 },
    airqualityindex: { low: 0, high: 300 },
    illuminance: { low: 0, high: 60_000 },
    lightlevel: { low: 0, high: 1 },
    uvindex: { low: 0, high: 11 },
    soilmoisture: { low: 0, high: 1 },
    waterlevel: { low: 0, high: 1 },
}

/** How far somebody takes a sensor who tries it out; undefined where that is not known. */
export function triedRange(service: string): { low: number; high: number } | undefined {
    return TRIED[service]
}

const TRIED_EVERY_MS = 600_000
const TRIED_MS = 8_000
const FIRST_TRIED_MS = { from: 15_000, to: 40_000 }

/**
 * A sensor that somebody tries out now and then: warms or cools it, covers it, blows on it. What a
 * program does beyond a threshold is done then, too.
 */
function triedOut(
    signal: Signal,
    { low, high }: { low: number; high: number },
    seed: number,
): Signal {
    return nowMs => {
        const turn = Math.floor(nowMs / TRIED_EVERY_MS)
        const share = seedOf(seed, `tried ${turn}`) / 2 ** 32
        const fromMs = FIRST_TRIED_MS.from + share * (FIRST_TRIED_MS.to - FIRST_TRIED_MS.from)
        const part = (nowMs - turn * TRIED_EVERY_MS - fromMs) / TRIED_MS
        const value = signal(nowMs)
        if (part <= 0 || part >= 1) return value
        const end = turn % 2 === 0 ? high : low
        return value + (end - value) * Math.sin(Math.PI * part)
    }
}
