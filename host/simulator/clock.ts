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
    private time: Float64Array = new Float64Array(1)
    private readonly before = new Pending()
    private readonly after = new Pending()
    private set = 0

    /** Virtual time since power-on, in microseconds. */
    get nowUs(): number {
        return this.time[0]!
    }

    set nowUs(us: number) {
        this.time[0] = us
    }

    /** Has its time stand here from now on, where the board's VM looks at it: a look then leaves the VM no more. */
    standIn(time: Float64Array): void {
        time[0] = this.nowUs
        this.time = time
    }

    /** Virtual time since power-on, in milliseconds. */
    get nowMs(): number {
        return this.nowUs / 1000
    }

    /** When the next alarm is due, in microseconds; `Infinity` when there is none. It may be overdue. */
    get nextUs(): number {
        return Math.min(this.before.nextUs, this.after.nextUs)
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
        const pending = this.of(order)
        while (pending.nextUs <= this.nowUs) {
            const next = pending.takeFirst()
            next.repeat()
            next.ring()
        }
    }

    private of(order: AlarmOrder): Pending {
        return order === "before" ? this.before : this.after
    }

    private add(
        atUs: number,
        repeats: Repeats | undefined,
        ring: () => void,
        order: AlarmOrder,
    ): Alarm {
        if (!Number.isFinite(atUs)) throw new RangeError(`an alarm at ${atUs} µs never rings`)
        const dueUs = Math.max(Math.ceil(atUs), this.nowUs)
        const alarm = new SetAlarm(this.of(order), dueUs, this.set++, repeats, ring)
        alarm.insert()
        return alarm
    }
}

interface Repeats {
    fromUs: number
    periodUs: number
    rung: number
}

/** The alarms of an order that are set. A board asks at every step, and mostly none is due. */
class Pending {
    /** When the first of them is due; `Infinity` when there is none. */
    nextUs = Infinity
    /** In order, the alarm that is due next at its end. */
    private readonly alarms: SetAlarm[] = []

    insert(alarm: SetAlarm): void {
        const { alarms } = this
        let low = 0
        let high = alarms.length
        while (low < high) {
            const middle = (low + high) >>> 1
            if (alarms[middle]!.isLaterThan(alarm)) low = middle + 1
            else high = middle
        }
        alarms.splice(low, 0, alarm)
        this.noteNext()
    }

    /** To be called when there is one. */
    takeFirst(): SetAlarm {
        const first = this.alarms.pop()!
        first.isSet = false
        this.noteNext()
        return first
    }

    remove(alarm: SetAlarm): void {
        this.alarms.splice(this.alarms.indexOf(alarm), 1)
        this.noteNext()
    }

    private noteNext(): void {
        const { length } = this.alarms
        this.nextUs = length === 0 ? Infinity : this.alarms[length - 1]!.dueUs
    }
}

/** A class of its own, and no object as it comes: alarms are what most of a quiet board's time goes to. */
class SetAlarm implements Alarm {
    isSet = false

    constructor(
        private readonly pending: Pending,
        public dueUs: number,
        /** In the order in which they were set: what rings first of those due at one time. */
        private readonly number: number,
        private readonly repeats: Repeats | undefined,
        readonly ring: () => void,
    ) {}

    insert(): void {
        this.isSet = true
        this.pending.insert(this)
    }

    /** It has come to its time: sets it for the next one, if it has one. */
    repeat(): void {
        const { repeats } = this
        if (!repeats) return
        repeats.rung++
        this.dueUs = Math.ceil(repeats.fromUs + (repeats.rung + 1) * repeats.periodUs)
        this.insert()
    }

    isLaterThan({ dueUs, number }: SetAlarm): boolean {
        return this.dueUs > dueUs || (this.dueUs === dueUs && this.number > number)
    }

    cancel(): void {
        if (!this.isSet) return
        this.isSet = false
        this.pending.remove(this)
    }
}

/** Virtual microseconds of a time in milliseconds, rounded up: a clock that shows them has reached it. */
export function microseconds(ms: number): number {
    const us = Math.ceil(ms * 1000)
    // Or rounding would leave the clock short of a time it has reached, for ever.
    return us / 1000 < ms ? us + 1 : us
}
