import { SeededRandom } from "../../../base/seeded-random"
import type { WorldTime } from "../world-time"
import { JobQueue, orderedPromise } from "./ordered-promise"

type Timer = (handler: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => number

/** Names that a bundled library is evaluated with, in place of the host's own. */
export interface WorldGlobals {
    setTimeout: Timer
    setInterval: Timer
    clearTimeout: (id: number) => void
    clearInterval: (id: number) => void
    Date: DateConstructor
    Math: Math
    Promise: PromiseConstructor
    crypto: { getRandomValues<T extends Uint8Array | Uint32Array>(target: T): T }
    console: Pick<Console, "debug" | "log" | "info" | "warn" | "error">
}

/** The world's calendar at power-on: that of the VM's own clock, in milliseconds since 1970. */
const EPOCH_MS = 1e12

/** A library's surroundings: simulated time, seeded randomness, promises that are settled in between. */
export class WorldScheduler {
    private readonly jobs = new JobQueue()
    /** The library's promises: one of the host's own would take it out of the world's time. */
    readonly Promise = orderedPromise(this.jobs)
    private readonly timers = new Map<number, { cancel: () => void }>()
    private lastTimer = 0

    constructor(
        private readonly time: WorldTime,
        private readonly seed: number,
    ) {}

    /** Simulated milliseconds since power-on, as the library's bus has them. */
    get timestamp(): number {
        return this.time.nowUs / 1000
    }

    readonly resetTime = () => undefined
    readonly setTimeout: Timer = (handler, ms = 0, ...args) =>
        this.start(ms, () => handler(...args), false)
    readonly setInterval: Timer = (handler, ms = 0, ...args) =>
        this.start(ms, () => handler(...args), true)
    readonly clearTimeout = (id: number) => {
        this.timers.get(id)?.cancel()
        this.timers.delete(id)
    }
    readonly clearInterval = this.clearTimeout

    /** Calls into the library, and lets all that follows at this moment happen. */
    run<T>(work: () => T): T {
        const result = work()
        this.jobs.drain()
        return result
    }

    globals(): WorldGlobals {
        const { time } = this
        const random = new SeededRandom(this.seed)
        const nothing = () => undefined
        return {
            setTimeout: this.setTimeout,
            setInterval: this.setInterval,
            clearTimeout: this.clearTimeout,
            clearInterval: this.clearInterval,
            Date: worldDate(() => EPOCH_MS + time.nowUs / 1000),
            Math: Object.create(Math, { random: { value: () => random.fraction() } }) as Math,
            Promise: this.Promise,
            crypto: {
                getRandomValues: target => {
                    random.fill(new Uint8Array(target.buffer, target.byteOffset, target.byteLength))
                    return target
                },
            },
            console: { debug: nothing, log: nothing, info: nothing, warn: nothing, error: nothing },
        }
    }

    private start(ms: number, action: () => void, again: boolean): number {
        const id = ++this.lastTimer
        // A timer of no length would never let time pass.
        const distanceMs = Math.max(ms, 1)
        const timer = { cancel: () => undefined as void }
        const ring = () => {
            if (again) timer.cancel = this.time.after(distanceMs, ring)
            else this.timers.delete(id)
            this.run(action)
        }
        timer.cancel = this.time.after(distanceMs, ring)
        this.timers.set(id, timer)
        return id
    }
}

/** Dates that know no other clock than `now`, and no other time zone than UTC. */
function worldDate(now: () => number): DateConstructor {
    return class extends Date {
        constructor(...args: [] | [number | string]) {
            super(args.length === 0 ? now() : args[0])
        }
        static override now(): number {
            return now()
        }
        override getFullYear(): number {
            return this.getUTCFullYear()
        }
        override getMonth(): number {
            return this.getUTCMonth()
        }
        override getDate(): number {
            return this.getUTCDate()
        }
        override getDay(): number {
            return this.getUTCDay()
        }
        override getHours(): number {
            return this.getUTCHours()
        }
        override getMinutes(): number {
            return this.getUTCMinutes()
        }
        override getSeconds(): number {
            return this.getUTCSeconds()
        }
    } as unknown as DateConstructor
}
