import { writeField } from "./byte-fields"
import {
    checkAllBits,
    checkCapacity,
    checkFunction,
    checkIndex,
    checkInteger,
    failBits,
} from "./check"
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
    protected readonly buffer: Buffer
    /** How many values it holds now. */
    readonly length: number
    /** The most values it can hold. */
    readonly capacity: number
    /** The slot of the oldest value. */
    protected head: number
    /** The most values it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many values it turned away because it was full. */
    readonly refused: number

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
     * @throws RangeError or TypeError if the value does not fit in an element.
     */
    push(value: number): boolean {
        const buffer = this.buffer
        const width = buffer.length / this.capacity
        if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
        if (this.length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        let at = this.head + this.length
        if (at >= this.capacity) at -= this.capacity
        at *= width
        // A byte keeps the low 8 bits of what is stored.
        buffer[at] = value & 0xff
        if (width > 1) buffer[at + 1] = value >> 8
        if (width > 2) buffer[at + 2] = value >> 16
        if (width > 3) buffer[at + 3] = value >> 24
        ;(this as Stats).length = this.length + 1
        if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        return true
    }

    /**
     * Puts a value before the oldest, if there is room.
     *
     * @returns Whether it was taken.
     * @throws RangeError or TypeError if the value does not fit in an element.
     */
    unshift(value: number): boolean {
        const buffer = this.buffer
        const width = buffer.length / this.capacity
        if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
        if (this.length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        let at = this.head - 1
        if (at < 0) at = this.capacity - 1
        this.head = at
        at *= width
        // A byte keeps the low 8 bits of what is stored.
        buffer[at] = value & 0xff
        if (width > 1) buffer[at + 1] = value >> 8
        if (width > 2) buffer[at + 2] = value >> 16
        if (width > 3) buffer[at + 3] = value >> 24
        ;(this as Stats).length = this.length + 1
        if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        return true
    }

    /**
     * Appends all values of an array, or none of them if there is not room for all; then `refused`
     * counts each.
     *
     * @returns Whether they were taken.
     * @throws RangeError or TypeError if a value does not fit in an element; then none was taken.
     */
    pushAll(values: readonly number[]): boolean {
        checkAllBits(values, (8 * this.buffer.length) / this.capacity)
        if (values.length > this.capacity - this.length) {
            ;(this as Stats).refused += values.length
            return false
        }
        for (let i = 0; i < values.length; i++) this.push(values[i] as number)
        return true
    }

    /** Removes and returns the newest value, or returns undefined if there is none. */
    pop(): number | undefined {
        if (this.length === 0) return undefined
        const value = this.get(this.length - 1)
        ;(this as Stats).length = this.length - 1
        return value
    }

    /**
     * Removes and returns the oldest value, or returns undefined if there is none. What must not be
     * lost if the work on it fails: `peek`, work, and only then `shift`.
     */
    shift(): number | undefined {
        if (this.length === 0) return undefined
        const buffer = this.buffer
        const width = buffer.length / this.capacity
        const at = this.head * width
        ;(this as Stats).length = this.length - 1
        this.head = this.head + 1
        if (this.head === this.capacity) this.head = 0
        if (width === 1) return buffer[at] as number
        if (width === 2) return (buffer[at] as number) | ((buffer[at + 1] as number) << 8)
        if (width === 3)
            return (
                (buffer[at] as number) |
                ((buffer[at + 1] as number) << 8) |
                ((buffer[at + 2] as number) << 16)
            )
        return (
            ((buffer[at] as number) |
                ((buffer[at + 1] as number) << 8) |
                ((buffer[at + 2] as number) << 16) |
                ((buffer[at + 3] as number) << 24)) >>>
            0
        )
    }

    /** The oldest value, left where it is, or undefined if there is none. */
    peek(): number | undefined {
        if (this.length === 0) return undefined
        return this.get(0)
    }

    /** The newest value, left where it is, or undefined if there is none. */
    newest(): number | undefined {
        if (this.length === 0) return undefined
        return this.get(this.length - 1)
    }

    /**
     * The value at an index: 0 is the oldest.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    get(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        const width = buffer.length / this.capacity
        index += this.head
        if (index >= this.capacity) index -= this.capacity
        index *= width
        if (width === 1) return buffer[index] as number
        if (width === 2) return (buffer[index] as number) | ((buffer[index + 1] as number) << 8)
        if (width === 3)
            return (
                (buffer[index] as number) |
                ((buffer[index + 1] as number) << 8) |
                ((buffer[index + 2] as number) << 16)
            )
        return (
            ((buffer[index] as number) |
                ((buffer[index + 1] as number) << 8) |
                ((buffer[index + 2] as number) << 16) |
                ((buffer[index + 3] as number) << 24)) >>>
            0
        )
    }

    /**
     * Replaces the value at an index: 0 is the oldest.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length` or the value does not
     * fit in an element.
     */
    set(index: number, value: number): void {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const width = this.buffer.length / this.capacity
        index += this.head
        if (index >= this.capacity) index -= this.capacity
        writeField(this.buffer, index * width, width, value)
    }

    /** Calls a function with each value and its index, the oldest first. */
    forEach(callback: (value: number, index: number) => void): void {
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++) callback(this.get(index), index)
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
        ;(this as Stats).length = 0
        this.head = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
