import { readField, writeField } from "./byte-fields"
import { copyBytes, rotateBytes } from "./bytes"
import { checkCapacity, checkIndex, checkInteger } from "./check"
import { copyStats, type Stats } from "./stats"

/**
 * A list of unsigned integers in one buffer, of fixed capacity: it never grows, so it never leaves a
 * hole in the heap. When it is full it refuses: `push` and `insert` return false and `refused`
 * counts. To use it again for another job, `clear` it: nothing is freed and nothing allocated.
 *
 * On the board it takes `capacity * elementBytes` bytes and 112 bytes of overhead. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class FixedVector {
    private buffer: Buffer
    /** How many values it holds now. Read only. */
    length: number
    /** The most values it can hold. */
    readonly capacity: number
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
        writeField(this.buffer, this.length * width, width, value)
        if (++this.length > this.highWaterMark) this.highWaterMark = this.length
        return true
    }

    /** Removes and returns the last value, or returns undefined if there is none. */
    pop(): number | undefined {
        if (this.length === 0) return undefined
        const width = this.buffer.length / this.capacity
        return readField(this.buffer, --this.length * width, width)
    }

    /**
     * The value at an index.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    at(index: number): number {
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        const width = this.buffer.length / this.capacity
        return readField(this.buffer, index * width, width)
    }

    /**
     * Replaces the value at an index.
     *
     * @throws RangeError if the index is not from 0 below `length` or the value does not fit in an
     * element.
     */
    set(index: number, value: number): void {
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        const width = this.buffer.length / this.capacity
        writeField(this.buffer, index * width, width, value)
    }

    /**
     * Inserts a value before the one at an index, if there is room; `length` as the index appends.
     *
     * @returns Whether it was taken.
     * @throws RangeError if the index is not from 0 to `length` or the value does not fit in an
     * element.
     */
    insert(index: number, value: number): boolean {
        if (index !== this.length) checkIndex(index, this.length)
        if (!this.push(value)) return false
        const width = this.buffer.length / this.capacity
        rotateBytes(this.buffer, -width, index * width, this.length * width)
        return true
    }

    /**
     * Removes and returns the value at an index; those after it move up.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    remove(index: number): number {
        const value = this.at(index)
        const width = this.buffer.length / this.capacity
        rotateBytes(this.buffer, width, index * width, this.length * width)
        this.length--
        return value
    }

    /**
     * Removes and returns the value at an index; the last value takes its place, which spares moving
     * those after it.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    swapRemove(index: number): number {
        const value = this.at(index)
        const width = this.buffer.length / this.capacity
        const last = --this.length
        if (index < last) copyBytes(this.buffer, index * width, this.buffer, last * width, width)
        return value
    }

    /** The first index of a value, or -1. */
    indexOf(value: number): number {
        const width = this.buffer.length / this.capacity
        for (let i = 0; i < this.length; i++)
            if (readField(this.buffer, i * width, width) === value) return i
        return -1
    }

    /**
     * Drops the values from an index on; does nothing if there are none.
     *
     * @throws RangeError if the length is no integer from 0 up.
     */
    truncate(length: number): void {
        checkInteger("length", length, 0, this.capacity)
        if (length < this.length) this.length = length
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
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
