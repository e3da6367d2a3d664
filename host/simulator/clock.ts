/** Where in its moment an alarm rings: before the board runs, to act on it, or after, to look at it. */
export type AlarmOrder = "before" | "after"

/** Something that is to happen at a moment of virtual time. */
export interface Alarm {
    /** Virtual microseconds since power-on at which it rings next; a whole number. */
    readonly dueUs: number
    /** It does not ring again. Of one that has rung for good: nothing. */
    cancel(): void
}

/**
 * The time of a simulated board and all that is to happen in it. Alarms ring in order of time, those of
 * one time in the order in which they were set. They ring between the board's steps: what an alarm
 * does, it does to a board that stands still.
 *
 * Whoever lets time pass rings: `SimulatedBoard.step` does, or a test.
 */
export class Clock {
    /** Virtual time since power-on, in microseconds. */
    nowUs = 0
    private readonly before: Pending[] = []
    private readonly after: Pending[] = []
    private set = 0

    /** Virtual time since power-on, in milliseconds. */
    get nowMs(): number {
        return this.nowUs / 1000
    }

    /** When the next alarm is due, in microseconds; `Infinity` when there is none. It may be overdue. */
    get nextUs(): number {
        const { before, after } = this
        const first = before.length > 0 ? before[before.length - 1]!.dueUs : Infinity
        const second = after.length > 0 ? after[after.length - 1]!.dueUs : Infinity
        return first < second ? first : second
    }

    /**
     * Has something done once.
     * @param atUs virtual microseconds since power-on, rounded up; a time that has passed is now
     * @param order `before` the board runs at that time (the default), or `after` it
     * @throws RangeError when the time is not finite
     */
    at(atUs: number, ring: () => void, order: AlarmOrder = "before"): Alarm {
        return this.add(atUs, undefined, ring, order)
    }

    /**
     * Has something done over and again, for the nth time at `fromUs + n * periodUs`: the distances do
     * not drift. None is left out: what a busy board delays rings as often, late.
     * @param periodUs virtual microseconds, at least 1
     * @param fromUs the time to count from; default: now
     * @throws RangeError when the period or the time is out of range
     */
    every(
        periodUs: number,
        ring: () => void,
        order: AlarmOrder = "before",
        fromUs = this.nowUs,
    ): Alarm {
        if (!(periodUs >= 1)) throw new RangeError(`a period of ${periodUs} µs: 1 is the least`)
        return this.add(fromUs + periodUs, { fromUs, periodUs, rung: 0 }, ring, order)
    }

    /** Lets time pass to a moment, without ringing; never back. */
    advanceTo(us: number): void {
        if (us > this.nowUs) this.nowUs = us
    }

    /** Rings all alarms of an order that are due by now, and those that they set for now. */
    ring(order: AlarmOrder): void {
        const pending = this[order]
        for (;;) {
            const next = pending[pending.length - 1]
            if (!next || next.dueUs > this.nowUs) return
            pending.pop()
            next.isSet = false
            const { repeats } = next
            if (repeats) {
                repeats.rung++
                next.dueUs = Math.ceil(repeats.fromUs + (repeats.rung + 1) * repeats.periodUs)
                insert(pending, next)
            }
            next.ring()
        }
    }

    private add(
        atUs: number,
        repeats: Pending["repeats"],
        ring: () => void,
        order: AlarmOrder,
    ): Alarm {
        if (!Number.isFinite(atUs)) throw new RangeError(`an alarm at ${atUs} µs never rings`)
        const pending = this[order]
        const dueUs = Math.max(Math.ceil(atUs), this.nowUs)
        const alarm: Pending = {
            ...{ dueUs, number: this.set++, isSet: false, repeats, ring },
            cancel() {
                if (!alarm.isSet) return
                alarm.isSet = false
                pending.splice(pending.indexOf(alarm), 1)
            },
        }
        insert(pending, alarm)
        return alarm
    }
}

interface Pending extends Alarm {
    dueUs: number
    /** In the order in which they were set: what rings first of those due at one time. */
    readonly number: number
    isSet: boolean
    repeats: { fromUs: number; periodUs: number; rung: number } | undefined
    ring: () => void
}

/** Keeps the list in order, the alarm that is due next at its end. */
function insert(pending: Pending[], alarm: Pending): void {
    let low = 0
    let high = pending.length
    while (low < high) {
        const middle = (low + high) >>> 1
        if (isLater(pending[middle]!, alarm)) low = middle + 1
        else high = middle
    }
    pending.splice(low, 0, alarm)
    alarm.isSet = true
}

function isLater(a: Pending, b: Pending): boolean {
    return a.dueUs > b.dueUs || (a.dueUs === b.dueUs && a.number > b.number)
}

/** Virtual microseconds of a time in milliseconds, rounded up: a clock that shows them has reached it. */
export function microseconds(ms: number): number {
    const us = Math.ceil(ms * 1000)
    // Or rounding would leave the clock short of a time it has reached, for ever.
    return us / 1000 < ms ? us + 1 : us
}
