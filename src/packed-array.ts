import { rotateBytes } from "./bytes"
import {
    checkAllBits,
    checkCapacity,
    checkFunction,
    checkIndex,
    checkInteger,
    checkRange,
    failBits,
    failType,
} from "./check"
import { readPacked, writePacked } from "./packed-bits"
import { copyStats, type Stats } from "./stats"

// Values of whole bytes are read and written in place in the methods called most: a helper would
// cost each operation one more call, which is a frame on the board's heap. For the same reason
// conditions stand in statements of their own there, see packed-bits.ts. A byte of a buffer keeps
// the low 8 bits of what is stored.

/**
 * An array of unsigned integers of 1 to 32 bits each in one buffer, with a capacity that never
 * changes. When it is full it refuses: `push` returns false and `refused` counts.
 *
 * On the board it takes `capacity * bits / 8` bytes and 128 bytes of overhead, against 8 bytes a
 * value in an array, and that only for values below 2 to the 31. No operation allocates, call
 * frames apart. Widths of 8, 16, 24 and 32 bits are faster than the others.
 *
 * @devsWhenUsed
 */
export class PackedArray {
    protected readonly buffer: Buffer
    /** The bits of a value, 1 to 32. */
    readonly bits: number
    /** The most values it can hold. */
    readonly capacity: number
    /** How many values it holds now. */
    readonly length: number
    /** The most values it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many values it turned away because it was full. */
    readonly refused: number

    /**
     * @param capacity The most values it can hold: at least 1, and 57,332 bytes of them at most.
     * @param bits The bits of a value, 1 to 32: 24 holds 0 to 16,777,215.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, bits: number) {
        checkInteger("bits", bits, 1, 32)
        checkCapacity(capacity, bits / 8)
        this.buffer = Buffer.alloc(Math.ceil((capacity * bits) / 8))
        this.bits = bits
        this.capacity = capacity
        this.length = 0
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * The value at an index.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    get(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        const bits = this.bits
        if (bits & 7) return readPacked(buffer, index, bits)
        index *= bits >> 3
        if (bits === 8) return buffer[index] as number
        if (bits === 16) return (buffer[index] as number) | ((buffer[index + 1] as number) << 8)
        if (bits === 24)
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
     * @throws RangeError or TypeError if the index is not from 0 below `length` or the value does
     * not fit in its bits.
     */
    set(index: number, value: number): void {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        const bits = this.bits
        if (bits & 7) return writePacked(buffer, index, bits, value)
        if ((value & (-1 >>> (32 - bits))) >>> 0 !== value) failBits(value, bits)
        index *= bits >> 3
        buffer[index] = value & 0xff
        if (bits > 8) buffer[index + 1] = value >> 8
        if (bits > 16) buffer[index + 2] = value >> 16
        if (bits > 24) buffer[index + 3] = value >> 24
    }

    /**
     * Appends a value, if there is room.
     *
     * @returns Whether it was taken.
     * @throws RangeError or TypeError if the value does not fit in its bits.
     */
    push(value: number): boolean {
        const bits = this.bits
        if ((value & (-1 >>> (32 - bits))) >>> 0 !== value) failBits(value, bits)
        if (this.length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        const buffer = this.buffer
        if (bits & 7) writePacked(buffer, this.length, bits, value)
        else {
            const offset = this.length * (bits >> 3)
            buffer[offset] = value & 0xff
            if (bits > 8) buffer[offset + 1] = value >> 8
            if (bits > 16) buffer[offset + 2] = value >> 16
            if (bits > 24) buffer[offset + 3] = value >> 24
        }
        ;(this as Stats).length = this.length + 1
        if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        return true
    }

    /**
     * Appends all values of an array, or none of them if there is not room for all; then `refused`
     * counts each.
     *
     * @returns Whether they were taken.
     * @throws RangeError or TypeError if a value does not fit in its bits; then none was taken.
     */
    pushAll(values: readonly number[]): boolean {
        checkAllBits(values, this.bits)
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
     * Puts a value before the one at an index, or at the end, if there is room.
     *
     * @returns Whether it was taken.
     * @throws RangeError or TypeError if the index is not from 0 to `length` or the value does not
     * fit in its bits.
     */
    insert(index: number, value: number): boolean {
        checkInteger("index", index, 0, this.length)
        if (!this.push(value)) return false
        this.move(this.length - 1, index)
        return true
    }

    /**
     * Removes and returns the value at an index; those behind it move up.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    remove(index: number): number {
        const value = this.get(index)
        this.move(index, this.length - 1)
        ;(this as Stats).length = this.length - 1
        return value
    }

    /**
     * Removes and returns the value at an index; the last value takes its place, so that nothing
     * else moves.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    swapRemove(index: number): number {
        const value = this.get(index)
        this.set(index, this.get(this.length - 1))
        ;(this as Stats).length = this.length - 1
        return value
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

    /**
     * Gives it another length: what is beyond is forgotten, and new values are `value`.
     *
     * @throws RangeError or TypeError if the length is not from 0 to `capacity` or the value does not
     * fit in its bits.
     */
    resize(length: number, value: number = 0): void {
        checkInteger("length", length, 0, this.capacity)
        if ((value & (-1 >>> (32 - this.bits))) >>> 0 !== value) failBits(value, this.bits)
        while (this.length < length) this.push(value)
        ;(this as Stats).length = length
    }

    /**
     * Replaces the values from `start` up to but not including `end` by one value. An array that is
     * to begin with values is made longer by `resize`.
     *
     * @throws RangeError or TypeError if the range does not lie in the array or the value does not
     * fit in its bits.
     */
    fill(value: number, start: number = 0, end: number = this.length): void {
        checkRange(start, end, this.length)
        if ((value & (-1 >>> (32 - this.bits))) >>> 0 !== value) failBits(value, this.bits)
        for (let index = start; index < end; index++) this.set(index, value)
    }

    /**
     * Moves the value at an index to another index; those in between make room.
     *
     * @throws RangeError or TypeError if an index is not from 0 below `length`.
     */
    move(from: number, to: number): void {
        checkIndex(from, this.length, "from")
        checkIndex(to, this.length, "to")
        const width = this.bits >> 3
        if (this.bits & 7) {
            const value = this.get(from)
            const step = from < to ? 1 : -1
            for (; from !== to; from += step) this.set(from, this.get(from + step))
            this.set(to, value)
        } else if (from < to) rotateBytes(this.buffer, width, from * width, (to + 1) * width)
        else rotateBytes(this.buffer, -width, to * width, (from + 1) * width)
    }

    /**
     * Copies the values from `start` up to but not including `end` to `target` and behind.
     *
     * @throws RangeError or TypeError if either range does not lie in the array.
     */
    copyWithin(target: number, start: number, end: number): void {
        checkRange(start, end, this.length)
        checkInteger("target", target, 0, this.length - (end - start))
        if (target < start) for (; start < end; start++) this.set(target++, this.get(start))
        else for (target += end - start; start < end;) this.set(--target, this.get(--end))
    }

    /**
     * The first index of a value from `from` on, or -1 if there is none.
     *
     * @throws RangeError or TypeError if the value does not fit in its bits or `from` is not from 0 to
     * `length`.
     */
    indexOf(value: number, from: number = 0): number {
        if ((value & (-1 >>> (32 - this.bits))) >>> 0 !== value) failBits(value, this.bits)
        checkInteger("from", from, 0, this.length)
        const width = this.bits / 8
        if (this.bits & 7) {
            for (; from < this.length; from++) if (this.get(from) === value) return from
            return -1
        }
        // The runtime looks for the lowest byte, which takes no steps of the program's own.
        for (let offset = from * width; ; offset++) {
            offset = this.buffer.indexOf(value & 0xff, offset)
            if (offset < 0 || offset >= this.length * width) return -1
            if (offset % width === 0 && this.get(offset / width) === value) return offset / width
        }
    }

    /** The last index of a value, or -1 if there is none. @throws as `indexOf` */
    lastIndexOf(value: number): number {
        if ((value & (-1 >>> (32 - this.bits))) >>> 0 !== value) failBits(value, this.bits)
        let index = this.length - 1
        while (index >= 0 && this.get(index) !== value) index--
        return index
    }

    includes(value: number): boolean {
        return this.indexOf(value) >= 0
    }

    forEach(callback: (value: number, index: number) => void): void {
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++) callback(this.get(index), index)
    }

    /** Whether the predicate holds for at least one value. */
    some(predicate: (value: number, index: number) => boolean): boolean {
        return this.findIndex(predicate) >= 0
    }

    /** Whether the predicate holds for all values. */
    every(predicate: (value: number, index: number) => boolean): boolean {
        checkFunction("predicate", predicate)
        for (let index = 0; index < this.length; index++)
            if (!predicate(this.get(index), index)) return false
        return true
    }

    /** The first value for which the predicate holds, or undefined. */
    find(predicate: (value: number, index: number) => boolean): number | undefined {
        const index = this.findIndex(predicate)
        return index < 0 ? undefined : this.get(index)
    }

    /** The index of the first value for which the predicate holds, or -1. */
    findIndex(predicate: (value: number, index: number) => boolean): number {
        checkFunction("predicate", predicate)
        for (let index = 0; index < this.length; index++)
            if (predicate(this.get(index), index)) return index
        return -1
    }

    reduce<T>(callback: (result: T, value: number, index: number) => T, initial: T): T {
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++)
            initial = callback(initial, this.get(index), index)
        return initial
    }

    /** Appends what the callback makes of each value to an array of any kind. */
    mapInto(into: Appendable, callback: (value: number, index: number) => number): void {
        checkAppendable(into)
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++)
            into.push(callback(this.get(index), index))
    }

    /** Appends the values for which the predicate holds to an array of any kind. */
    filterInto(into: Appendable, predicate: (value: number, index: number) => boolean): void {
        checkAppendable(into)
        checkFunction("predicate", predicate)
        for (let index = 0; index < this.length; index++)
            if (predicate(this.get(index), index)) into.push(this.get(index))
    }

    /** Appends the values from `start` up to but not including `end` to an array of any kind. */
    sliceInto(into: Appendable, start: number = 0, end: number = this.length): void {
        checkAppendable(into)
        checkRange(start, end, this.length)
        for (; start < end; start++) into.push(this.get(start))
    }

    /** Reverses the order of the values in place. */
    reverse(): void {
        for (let low = 0, high = this.length - 1; low < high; low++, high--) {
            const value = this.get(low)
            this.set(low, this.get(high))
            this.set(high, value)
        }
    }

    /**
     * Sorts the values in place, smallest first unless told otherwise; equal values keep their
     * order. A board stops a program that takes 131,072 steps without a pause, which is enough to
     * sort about 170 values of 24 bits at once (110 in a plain array), and 35 of 5 bits.
     */
    sort(compare?: (a: number, b: number) => number): void {
        if (compare !== undefined) checkFunction("compare", compare)
        for (let index = 1; index < this.length; index++) {
            const value = this.get(index)
            let low = 0
            let high = index
            while (low < high) {
                const middle = (low + high) >> 1
                let order = this.get(middle) - value
                if (compare) order = compare(order + value, value)
                if (order > 0) high = middle
                else low = middle + 1
            }
            if (low < index) this.move(index, low)
        }
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

/** Whatever values can be appended to: an array, a `PackedArray`, a ring buffer. */
export interface Appendable {
    push(value: number): unknown
}

function checkAppendable(into: Appendable): void {
    if (typeof into !== "object" || !into.push) failType("into", into, "an array")
}
