import type { Measured } from "../../documents/compare-recordings-report"

/**
 * Values that may each be off by so much, and what is certain of all of them. As long as each lies
 * within its error, median and extremes lie within theirs.
 */
export class Distribution {
    private readonly values = new Counts()
    private readonly lows = new Counts()
    private readonly highs = new Counts()

    /** @param error by how much the value may be off to either side; no value is below 0 */
    add(value: number, error = 0): void {
        this.values.add(value)
        this.lows.add(Math.max(0, value - error))
        this.highs.add(value + error)
    }

    /** Undefined where there was no value. */
    median(): Measured | undefined {
        return this.of(counts => counts.median())
    }

    most(): Measured | undefined {
        return this.of(counts => counts.most)
    }

    least(): Measured | undefined {
        return this.of(counts => counts.least)
    }

    private of(figure: (counts: Counts) => number): Measured | undefined {
        if (this.values.total === 0) return undefined
        return { value: figure(this.values), low: figure(this.lows), high: figure(this.highs) }
    }
}

/** How often each value was there: bytes of a heap repeat, however long a recording is. */
class Counts {
    private readonly counts = new Map<number, number>()
    total = 0
    most = -Infinity
    least = Infinity

    add(value: number): void {
        this.counts.set(value, (this.counts.get(value) ?? 0) + 1)
        this.total++
        this.most = Math.max(this.most, value)
        this.least = Math.min(this.least, value)
    }

    /** Of an even number of values the lower one of the middle. */
    median(): number {
        let left = (this.total + 1) >> 1
        for (const value of [...this.counts.keys()].sort((a, b) => a - b)) {
            left -= this.counts.get(value)!
            if (left <= 0) return value
        }
        return NaN
    }
}
