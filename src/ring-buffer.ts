import { readField, writeField } from "./byte-fields"
import { checkCapacity, checkIndex, checkInteger } from "./check"
import { copyStats, type Stats } from "./stats"

/**
 * A queue of unsigned integers in one buffer, first in, first out; used from both ends it is a deque
 * (`FixedDeque` is another name for it). When it is full it refuses: `push` returns false and
 * `refused` counts. For the queue that gives up its oldest value instead, see
 * `OverwritingRingBuffer`.
 *
 * On the board it takes `capacity * elementBytes` bytes and 128 bytes of overhead. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class RingBuffer {
    private buffer: Buffer
    /** How many values it holds now. Read only. */
    length: number
    /** The most values it can hold. */
    readonly capacity: number
    /** The slot of the oldest value. */
    private head: number
    /** The most values it ever held; `clear` does not lower it. Read only. */
    highWaterMark: number
    /** How many values it turned away because it was full. Read only. */
    refused: number

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
        this.refused = 0
    }

    /**
     * Appends a value, if there is room.
     *
     * @returns Whether it was taken.
     * @throws RangeError if the value does not fit in an element.
     */
    push(value: number): boolean {
        if (this.length === this.capacity) {
            this.refused++
            return false
        }
        const width = this.buffer.length / this.capacity
        let slot = this.head + this.length
        if (slot >= this.capacity) slot -= this.capacity
        writeField(this.buffer, slot * width, width, value)
        if (++this.length > this.highWaterMark) this.highWaterMark = this.length
        return true
    }

    /**
     * Puts a value before the oldest, if there is room.
     *
     * @returns Whether it was taken.
     * @throws RangeError if the value does not fit in an element.
     */
    unshift(value: number): boolean {
        if (this.length === this.capacity) {
            this.refused++
            return false
        }
        const width = this.buffer.length / this.capacity
        const slot = this.head === 0 ? this.capacity - 1 : this.head - 1
        writeField(this.buffer, slot * width, width, value)
        this.head = slot
        if (++this.length > this.highWaterMark) this.highWaterMark = this.length
        return true
    }

    /** Removes and returns the newest value, or returns undefined if there is none. */
    pop(): number | undefined {
        if (this.length === 0) return undefined
        const value = this.at(this.length - 1)
        this.length--
        return value
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

    /** How many more values it takes before it refuses. */
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
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
