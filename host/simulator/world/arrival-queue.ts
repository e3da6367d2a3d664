import type { Arrival, Arrivals, BoardTime } from "../door"

type Alarm = { atUs: number; action: () => void }

/**
 * The world's own time and its way to the board: parts of the world set alarms on it and send through
 * it. What is due at the same time happens in the order it was set.
 */
export class ArrivalQueue implements Arrivals, BoardTime {
    private time: BoardTime = { nowUs: 0 }
    /** By time, the next one last. */
    private readonly alarms: Alarm[] = []
    private waiting: Arrival[] = []
    private readonly work: (() => Promise<void> | undefined)[] = []
    private readonly resets: (() => void)[] = []

    get nowUs(): number {
        return this.time.nowUs
    }

    connect(time: BoardTime): void {
        this.time = time
    }

    /** Has `action` called when the board's time comes to `atUs`. @returns cancels it */
    at(atUs: number, action: () => void): () => void {
        const alarm = { atUs, action }
        const { alarms } = this
        let index = alarms.length
        while (index > 0 && alarms[index - 1]!.atUs <= atUs) index--
        alarms.splice(index, 0, alarm)
        return () => {
            const found = alarms.indexOf(alarm)
            if (found >= 0) alarms.splice(found, 1)
        }
    }

    /** Has `action` called in this many simulated milliseconds. @returns cancels it */
    after(ms: number, action: () => void): () => void {
        return this.at(this.nowUs + ms * 1000, action)
    }

    /** Has `action` called every so many simulated milliseconds. */
    every(ms: number, action: () => void): void {
        const ring = (atUs: number) =>
            this.at(atUs, () => {
                ring(atUs + ms * 1000)
                action()
            })
        ring(this.nowUs + ms * 1000)
    }

    /** Has `action` called whenever the board is reset. */
    onReset(action: () => void): void {
        this.resets.push(action)
    }

    /** `settle` gives what a part of the world has still under way on the host's event loop, if anything. */
    awaits(settle: () => Promise<void> | undefined): void {
        this.work.push(settle)
    }

    get nextUs(): number {
        if (this.waiting.length > 0) return this.nowUs
        return this.alarms.at(-1)?.atUs ?? Infinity
    }

    advance(): void {
        const { alarms } = this
        while (alarms.length > 0 && alarms.at(-1)!.atUs <= this.nowUs) alarms.pop()!.action()
    }

    take(): Arrival | undefined {
        return this.waiting.shift()
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
