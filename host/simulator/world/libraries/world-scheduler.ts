import { SeededRandom } from "../../../base/seeded-random"
import type { WorldTime } from "../world-time"
import { JobQueue } from "./ordered-promise"
import type { Timer, Within, WorldAtWork } from "./world-globals"

/** The world's calendar at power-on: that of the VM's own clock, in milliseconds since 1970. */
const EPOCH_MS = 1e12

/**
 * A world's part in the library that it shares with others: simulated time, seeded randomness, and jobs
 * that are done in between. The library is to be called within `run` alone, or `within`: it has no other
 * time and chance than those of the world that calls.
 */
export class WorldScheduler implements WorldAtWork {
    readonly jobs = new JobQueue()
    readonly random: SeededRandom
    private readonly timers = new Map<number, { cancel: () => void }>()
    private lastTimer = 0

    constructor(
        private readonly time: WorldTime,
        seed: number,
        private readonly library: { within: Within },
    ) {
        this.random = new SeededRandom(seed)
    }

    /** Simulated milliseconds since power-on, as the library's bus has them. */
    get timestamp(): number {
        return this.time.nowUs / 1000
    }

    get calendarMs(): number {
        return EPOCH_MS + this.time.nowUs / 1000
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
        return this.library.within(this, () => {
            const result = work()
            this.jobs.drain()
            return result
        })
    }

    /** Calls into the library; what follows waits for the next `run`. */
    within<T>(work: () => T): T {
        return this.library.within(this, work)
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
