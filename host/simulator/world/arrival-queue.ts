import { Clock } from "../clock"
import type { Arrival, Arrivals, BoardTime } from "../door"

/** The world's way to the board: parts of the world set alarms on its clock and send through it. */
export class ArrivalQueue implements Arrivals, BoardTime {
    readonly clock = new Clock()
    private waiting: Arrival[] = []
    private readonly work: (() => Promise<void> | undefined)[] = []
    private readonly resets: (() => void)[] = []

    get nowUs(): number {
        return this.clock.nowUs
    }

    /** Has `action` called when the board's time comes to `atUs`. @returns cancels it */
    at(atUs: number, action: () => void): () => void {
        const alarm = this.clock.at(atUs, action)
        return () => alarm.cancel()
    }

    /** Has `action` called in this many simulated milliseconds. @returns cancels it */
    after(ms: number, action: () => void): () => void {
        return this.at(this.nowUs + ms * 1000, action)
    }

    /** Has `action` called every so many simulated milliseconds. */
    every(ms: number, action: () => void): void {
        this.clock.every(ms * 1000, action)
    }

    /** Has `action` called whenever the board is reset. */
    onReset(action: () => void): void {
        this.resets.push(action)
    }

    /** `settle` gives what a part of the world has still under way on the host's event loop, if anything. */
    awaits(settle: () => Promise<void> | undefined): void {
        this.work.push(settle)
    }

    take(): Arrival | undefined {
        // Asked twice a step of the board, and mostly there is none.
        return this.waiting.length === 0 ? undefined : this.waiting.shift()
    }

    put(arrival: Arrival): void {
        this.waiting.push(arrival)
    }

    reset(): void {
        this.waiting = []
        for (const action of this.resets) action()
    }

    settling(): Promise<void> | undefined {
        for (const settle of this.work) {
            const work = settle()
            if (work) return work
        }
        return undefined
    }
}
