import { readField, writeField } from "./byte-fields"
import { copyBytes, rotateBytes } from "./bytes"
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
    private readonly buffer: Buffer
    /** How many values it holds now. */
    readonly length: number
    /** The most values it can hold. */
    readonly capacity: number
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
        const buffer = this.buffer
        const width = buffer.length / this.capacity
        if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
        if (this.length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        const at = this.length * width
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

    /** The last value, left where it is, or undefined if there is none. */
    newest(): number | undefined {
        if (this.length === 0) return undefined
        return this.get(this.length - 1)
    }

    /** Removes and returns the last value, or returns undefined if there is none. */
    pop(): number | undefined {
        if (this.length === 0) return undefined
        const value = this.get(this.length - 1)
        ;(this as Stats).length = this.length - 1
        return value
    }

    /**
     * The value at an index.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    get(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        const width = buffer.length / this.capacity
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
     * Replaces the value at an index.
     *
     * @throws RangeError if the index is not from 0 below `length` or the value does not fit in an
     * element.
     */
    set(index: number, value: number): void {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
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
        const value = this.get(index)
        const width = this.buffer.length / this.capacity
        rotateBytes(this.buffer, width, index * width, this.length * width)
        ;(this as Stats).length--
        return value
    }

    /**
     * Removes and returns the value at an index; the last value takes its place, which spares moving
     * those after it.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    swapRemove(index: number): number {
        const value = this.get(index)
        const width = this.buffer.length / this.capacity
        const last = this.length - 1
        ;(this as Stats).length = last
        if (index < last) copyBytes(this.buffer, index * width, this.buffer, last * width, width)
        return value
    }

    /**
     * The first index of a value, or -1.
     *
     * @throws RangeError or TypeError if the value does not fit in an element.
     */
    indexOf(value: number): number {
        const width = this.buffer.length / this.capacity
        if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
        for (let i = 0; i < this.length; i++)
            if (readField(this.buffer, i * width, width) === value) return i
        return -1
    }

    /** Calls a function with each value and its index. */
    forEach(callback: (value: number, index: number) => void): void {
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++) callback(this.get(index), index)
    }

    /**
     * Gives it another length: what is beyond is forgotten, and new values are `value`.
     *
     * @throws RangeError or TypeError if the length is not from 0 to `capacity` or the value does not
     * fit in an element.
     */
    resize(length: number, value: number = 0): void {
        checkInteger("length", length, 0, this.capacity)
        const bits = (8 * this.buffer.length) / this.capacity
        if ((value & (-1 >>> (32 - bits))) >>> 0 !== value) failBits(value, bits)
        while (this.length < length) this.push(value)
        ;(this as Stats).length = length
    }

    /**
     * Forgets all values from an index on.
     *
     * @throws RangeError or TypeError if it is not from 0 to `length`.
     */
    truncate(length: number): void {
        checkInteger("length", length, 0, this.length)
        ;(this as Stats).length = length
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
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
