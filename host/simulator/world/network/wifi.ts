import { seedOf } from "../seed-of"

/** When the board is on its wireless network. */
export interface WifiPlan {
    /** Simulated milliseconds from power-on to the first connection. */
    connectsAfterMs: number
    /** The network is away once in a stretch of this many simulated milliseconds; Infinity for never. */
    dropsEveryMs: number
    /** Shortest and longest time it is away, in simulated milliseconds. */
    awayMs: readonly [shortest: number, longest: number]
}

/**
 * There from the start, as the official simulator's network is, so that what a program does at its first
 * line works; away for a while every other hour.
 */
export const OBLIGING_WIFI: WifiPlan = {
    connectsAfterMs: 0,
    dropsEveryMs: 2 * 3_600_000,
    awayMs: [15_000, 60_000],
}

/** How often it is away for a program that listens for that, in simulated milliseconds. */
export const EXPECTED_OUTAGES_MS = 300_000

/** As a chip connects after power-on. */
export const STRICT_WIFI: WifiPlan = { ...OBLIGING_WIFI, connectsAfterMs: 2_500 }

/** A stretch of time without the network, in simulated milliseconds since power-on. */
interface Outage {
    fromMs: number
    untilMs: number
}

/** A wireless network that connects, drops and returns: a function of the time alone. */
export class Wifi {
    /** What somebody has made of it, whatever its plan says. */
    private set: boolean | undefined
    /** The outage that was asked for last: a board asks over and again. */
    private known: Outage & { index: number } = { index: -1, fromMs: 0, untilMs: 0 }
    private readonly listeners: (() => void)[] = []

    constructor(
        private readonly seed: number,
        private readonly plan: WifiPlan,
    ) {}

    /** Somebody takes it away, or brings it back. */
    setUp(isUp: boolean): void {
        this.set = isUp
        for (const listener of this.listeners) listener()
    }

    /** Has the listener told whenever somebody takes it away or brings it back. */
    onSet(listener: () => void): void {
        this.listeners.push(listener)
    }

    isUp(nowMs: number): boolean {
        if (this.set !== undefined) return this.set
        const { fromMs, untilMs } = this.outage(nowMs)
        return nowMs < fromMs || nowMs >= untilMs
    }

    /** When what is true at `nowMs` ends, in simulated milliseconds; Infinity for never. */
    changesAtMs(nowMs: number): number {
        if (this.set !== undefined) return Infinity
        const { fromMs, untilMs } = this.outage(nowMs)
        if (nowMs < fromMs) return fromMs
        if (nowMs < untilMs) return untilMs
        const { dropsEveryMs } = this.plan
        if (dropsEveryMs === Infinity) return Infinity
        return this.outage((Math.floor(nowMs / dropsEveryMs) + 1) * dropsEveryMs).fromMs
    }

    /** The outage of the stretch that a time is in. */
    private outage(nowMs: number): Outage {
        const { connectsAfterMs, dropsEveryMs, awayMs } = this.plan
        if (nowMs < connectsAfterMs) return { fromMs: 0, untilMs: connectsAfterMs }
        if (dropsEveryMs === Infinity) return { fromMs: Infinity, untilMs: Infinity }
        const index = Math.floor(nowMs / dropsEveryMs)
        if (this.known.index === index) return this.known
        const share = (name: string) => seedOf(this.seed, `${name}${index}`) / 2 ** 32
        const lasts = awayMs[0] + share("away") * (awayMs[1] - awayMs[0])
        // In the second half of its stretch: a run of an hour sees none, unless the program listens for it.
        const fromMs = Math.ceil((index + 0.5 + 0.49 * share("from")) * dropsEveryMs)
        this.known = { index, fromMs, untilMs: Math.ceil(fromMs + lasts) }
        return this.known
    }
}
