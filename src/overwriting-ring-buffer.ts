import { readField, writeField } from "./byte-fields"
import { checkCapacity, checkIndex, checkInteger } from "./check"
import { copyOverwritingStats, type OverwritingStats } from "./stats"

/**
 * The last values of a series, in one buffer. When it is full, a new value takes the place of the
 * oldest and `overwritten` counts. For the queue that refuses instead, see `RingBuffer`.
 *
 * On the board it takes `capacity * elementBytes` bytes and 128 bytes of overhead. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class OverwritingRingBuffer {
    private buffer: Buffer
    /** How many values it holds now. Read only. */
    length: number
    /** The most values it can hold. */
    readonly capacity: number
    /** The slot of the oldest value. */
    private head: number
    /** The most values it ever held; `clear` does not lower it. Read only. */
    highWaterMark: number
    /** How many values gave way to newer ones. Read only. */
    overwritten: number

    /**
     * @param capacity The most values it can hold: at least 1, and `capacity * elementBytes` at most
     * 57,332 bytes.
     * @param elementBytes The bytes of a value, 1 to 4: 3 holds 0 to 16,777,215.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, elementBytes: number) {
        checkInteger("elementBytes", elementBytes, 1, 4)
        checkCapacity(capacity, elementBytes)
        this.buffer = Buffer.alloc(capacity * elementBytes)
        this.length = 0
        this.capacity = capacity
        this.head = 0
        this.highWaterMark = 0
        this.overwritten = 0
    }

    /**
     * Appends a value; if there is no room, over the oldest.
     *
     * @throws RangeError if the value does not fit in an element.
     */
    push(value: number): void {
        const width = this.buffer.length / this.capacity
        let slot = this.head + this.length
        if (slot >= this.capacity) slot -= this.capacity
        writeField(this.buffer, slot * width, width, value)
        if (this.length === this.capacity) {
            this.overwritten++
            if (++this.head === this.capacity) this.head = 0
        } else if (++this.length > this.highWaterMark) this.highWaterMark = this.length
    }

    /** Removes and returns the oldest value, or returns undefined if there is none. */
    shift(): number | undefined {
        if (this.length === 0) return undefined
        const width = this.buffer.length / this.capacity
        const value = readField(this.buffer, this.head * width, width)
        this.length--
        if (++this.head === this.capacity) this.head = 0
        return value
    }

    /** The oldest value, left where it is, or undefined if there is none. */
    peek(): number | undefined {
        return this.length === 0 ? undefined : this.at(0)
    }

    /**
     * The value at an index: 0 is the oldest.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    at(index: number): number {
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        const width = this.buffer.length / this.capacity
        let slot = this.head + index
        if (slot >= this.capacity) slot -= this.capacity
        return readField(this.buffer, slot * width, width)
    }

    /** How many more values it takes before it overwrites. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all values; capacity and counters stay. */
    clear(): void {
        this.length = 0
        this.head = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: OverwritingStats): OverwritingStats {
        return copyOverwritingStats(this, into)
    }
}
