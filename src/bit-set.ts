import { fillBytes } from "./bytes"
import { checkCapacity, checkFunction, failRange, failType } from "./check"
import { copyStats, type Stats } from "./stats"

/**
 * A set of small integers, 0 to `capacity` - 1, at one bit each in one buffer.
 *
 * On the board it takes `capacity / 8` bytes and 96 bytes of overhead, against 8 bytes a value in
 * an array of booleans. No operation allocates, call frames apart. For up to 32 flags a plain number
 * is smaller still, see flags.ts.
 *
 * @devsWhenUsed
 */
export class BitSet {
    private readonly buffer: Buffer
    /** Values from 0 up to but not including this one can be in the set. */
    readonly capacity: number
    /** How many values are in the set. */
    readonly length: number
    /** The most values that ever were in the set; `clear` does not lower it. */
    readonly highWaterMark: number

    /**
     * @param capacity The set holds values from 0 up to but not including this one, 458,656 at most.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkCapacity(capacity, 1 / 8)
        this.buffer = Buffer.alloc((capacity + 7) >> 3)
        this.capacity = capacity
        this.length = 0
        this.highWaterMark = 0
    }

    /**
     * Whether a value is in the set.
     *
     * @throws RangeError or TypeError if the value is not from 0 below `capacity`.
     */
    has(value: number): boolean {
        if (value >>> 0 !== value) failValue(this, value)
        if (value >= this.capacity) failValue(this, value)
        return ((this.buffer[value >> 3] as number) & (1 << (value & 7))) !== 0
    }

    /**
     * Puts a value into the set.
     *
     * @returns Whether it was not in there before.
     * @throws RangeError or TypeError if the value is not from 0 below `capacity`.
     */
    add(value: number): boolean {
        if (value >>> 0 !== value) failValue(this, value)
        if (value >= this.capacity) failValue(this, value)
        const buffer = this.buffer
        const bit = 1 << (value & 7)
        value >>= 3
        if ((buffer[value] as number) & bit) return false
        buffer[value] = (buffer[value] as number) | bit
        ;(this as unknown as Stats).length = this.length + 1
        if (this.length > this.highWaterMark) (this as unknown as Stats).highWaterMark = this.length
        return true
    }

    /**
     * Takes a value out of the set.
     *
     * @returns Whether it was in there.
     * @throws RangeError or TypeError if the value is not from 0 below `capacity`.
     */
    delete(value: number): boolean {
        if (value >>> 0 !== value) failValue(this, value)
        if (value >= this.capacity) failValue(this, value)
        const buffer = this.buffer
        const bit = 1 << (value & 7)
        value >>= 3
        if (!((buffer[value] as number) & bit)) return false
        buffer[value] = (buffer[value] as number) ^ bit
        ;(this as unknown as Stats).length = this.length - 1
        return true
    }

    /**
     * Puts a value into the set if it is not in there, else takes it out.
     *
     * @returns Whether it is in there now.
     * @throws RangeError or TypeError if the value is not from 0 below `capacity`.
     */
    toggle(value: number): boolean {
        return !this.delete(value) && this.add(value)
    }

    /**
     * The least value of the set that is not below `from`, or -1 if there is none. It makes a loop
     * without a callback: `for (let v = set.next(0); v >= 0; v = set.next(v + 1))`.
     *
     * @throws RangeError or TypeError if `from` is not an integer from 0 to `capacity`.
     */
    next(from: number): number {
        if (from >>> 0 !== from) failRange("from", from, 0, this.capacity)
        if (from > this.capacity) failRange("from", from, 0, this.capacity)
        const buffer = this.buffer
        let at = from >> 3
        if (at >= buffer.length) return -1
        let bits = (buffer[at] as number) & (0xff << (from & 7))
        while (bits === 0) {
            at++
            if (at === buffer.length) return -1
            bits = buffer[at] as number
        }
        at <<= 3
        while (!(bits & 1)) {
            bits >>= 1
            at++
        }
        return at
    }

    /** The least value from 0 below `capacity` that is not in the set, or -1 if all are. */
    firstMissing(): number {
        const buffer = this.buffer
        let at = 0
        while (buffer[at] === 0xff) at++
        if (at === buffer.length) return -1
        let bits = buffer[at] as number
        at <<= 3
        while (bits & 1) {
            bits >>= 1
            at++
        }
        if (at >= this.capacity) return -1
        return at
    }

    /** Calls back for each value of the set, the least first. */
    forEach(callback: (value: number) => void): void {
        checkFunction("callback", callback)
        for (let value = this.next(0); value >= 0; value = this.next(value + 1)) callback(value)
    }

    /**
     * Puts all values of another set into this one.
     *
     * @throws RangeError if the other set has another capacity.
     */
    addAll(other: BitSet): void {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            buffer[at] = (buffer[at] as number) | (other.buffer[at] as number)
        recount(this, buffer)
    }

    /**
     * Takes all values of another set out of this one.
     *
     * @throws RangeError if the other set has another capacity.
     */
    deleteAll(other: BitSet): void {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            buffer[at] = (buffer[at] as number) & ~(other.buffer[at] as number)
        recount(this, buffer)
    }

    /**
     * Takes out of this set all values that are not in another one.
     *
     * @throws RangeError if the other set has another capacity.
     */
    retainAll(other: BitSet): void {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            buffer[at] = (buffer[at] as number) & (other.buffer[at] as number)
        recount(this, buffer)
    }

    /**
     * Toggles all values of another set: those in exactly one of the two remain.
     *
     * @throws RangeError if the other set has another capacity.
     */
    toggleAll(other: BitSet): void {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            buffer[at] = (buffer[at] as number) ^ (other.buffer[at] as number)
        recount(this, buffer)
    }

    /**
     * Whether all values of this set are in another one.
     *
     * @throws RangeError if the other set has another capacity.
     */
    isSubsetOf(other: BitSet): boolean {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            if ((buffer[at] as number) & ~(other.buffer[at] as number)) return false
        return true
    }

    /**
     * Whether this set and another one have a value in common.
     *
     * @throws RangeError if the other set has another capacity.
     */
    intersects(other: BitSet): boolean {
        checkSame(this, other)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at++)
            if ((buffer[at] as number) & (other.buffer[at] as number)) return true
        return false
    }

    /** How many more values can come into the set. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Takes all values out; capacity and high-water mark stay. */
    clear(): void {
        fillBytes(this.buffer, 0, this.buffer.length, 0)
        ;(this as unknown as Stats).length = 0
    }

    /** Its figures, in `into` or else in a new object. A set never refuses a value of its range. */
    stats(into: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }): Stats {
        copyStats(this as unknown as Stats, into)
        into.refused = 0
        return into
    }
}

// Functions rather than private methods: a method takes 16 bytes of the heap.

function failValue(set: BitSet, value: number): never {
    failRange("value", value, 0, set.capacity - 1)
}

function checkSame(set: BitSet, other: BitSet): void {
    if (!other) failType("other", other, "a BitSet")
    if (other.capacity !== set.capacity)
        throw new RangeError(
            `other must have the same capacity ${set.capacity}, but has ${other.capacity}`,
        )
}

/** Counts the values after all of them may have changed. */
function recount(set: BitSet, buffer: Buffer): void {
    let count = 0
    for (let at = 0; at < buffer.length; at++) {
        let bits = buffer[at] as number
        bits -= (bits >> 1) & 0x55
        bits = (bits & 0x33) + ((bits >> 2) & 0x33)
        count += (bits + (bits >> 4)) & 0x0f
    }
    ;(set as unknown as Stats).length = count
    if (count > set.highWaterMark) (set as unknown as Stats).highWaterMark = count
}
