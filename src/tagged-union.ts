import { copyBytes, fillBytes } from "./bytes"
import { checkCapacity, checkIndex, checkInteger, MAX_BUFFER_BYTES } from "./check"
import { copyStats, type Stats } from "./stats"

/** Set in the tag of a record whose payload is in the side table. */
const LARGE = 0x80

/**
 * An array of values that are each one of several variants (a tagged union, Rust's enum), in one
 * buffer: a tag byte and a payload as large as the common variants need. The rare variant that
 * needs more - a text, an object - keeps it in a side table and takes one byte here, so that it
 * does not make all the others larger.
 *
 * ```ts
 * const PENDING = 0, COMPLETED = 1, CANCELLED = 2
 * const MINUTES = U16
 *
 * const orders = new TaggedUnionArray<string>(100, 3, 4)
 * const payload = orders.push(PENDING)
 * if (payload !== undefined) writeField(orders.buffer, payload, MINUTES, 25)
 * orders.setLarge(0, CANCELLED, "kitchen on fire")
 * if (orders.tag(0) === CANCELLED) console.log(orders.large(0))
 * ```
 *
 * When it is full, or its side table is, it refuses and `refused` counts. On the board it takes
 * `capacity * (1 + payloadBytes)` bytes, 8 bytes for each place in the side table and 148 bytes of
 * overhead. No operation allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class TaggedUnionArray<T> {
    /** The records' bytes: write payloads here with `writeField`. */
    readonly buffer: Buffer
    private readonly side: (T | undefined)[]
    /** How many records it holds now. */
    readonly length: number
    /** The most records it can hold. */
    readonly capacity: number
    /** The most records it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many records and large values it turned away for lack of room. */
    readonly refused: number

    /**
     * @param capacity The most records: at least 1, and 57,332 bytes of them at most.
     * @param payloadBytes The bytes of the largest common variant, 1 to 57,331.
     * @param largeCapacity The most values in the side table, 0 to 256.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, payloadBytes: number, largeCapacity: number) {
        checkInteger("payloadBytes", payloadBytes, 1, MAX_BUFFER_BYTES - 1)
        checkInteger("largeCapacity", largeCapacity, 0, 256)
        checkCapacity(capacity, 1 + payloadBytes)
        this.buffer = Buffer.alloc(capacity * (1 + payloadBytes))
        this.side = new Array<T | undefined>(largeCapacity)
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * Appends a record of a common variant.
     *
     * @param tag The variant, 0 to 127.
     * @returns Where in `buffer` its payload starts, or undefined if there is no room. Write all
     * its fields: they still hold those of an earlier record.
     * @throws RangeError or TypeError if the tag is not from 0 to 127.
     */
    push(tag: number): number | undefined {
        if ((tag & 0x7f) !== tag) checkInteger("tag", tag, 0, LARGE - 1)
        const length = this.length
        if (length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return undefined
        }
        ;(this as Stats).length = length + 1
        if (length === this.highWaterMark) (this as Stats).highWaterMark = length + 1
        const start = (this.buffer.length / this.capacity) * length
        this.buffer[start] = tag
        return start + 1
    }

    /**
     * Appends a record of a rare variant; its value goes into the side table.
     *
     * @param tag The variant, 0 to 127.
     * @param value Anything but undefined.
     * @returns Whether there was room, in the array and in the side table.
     * @throws RangeError or TypeError if the tag is not from 0 to 127 or the value is undefined.
     */
    pushLarge(tag: number, value: T): boolean {
        checkLarge(tag, value)
        const slot = freeSlot(this.side)
        if (slot < 0 || this.length === this.capacity) {
            ;(this as Stats).refused++
            return false
        }
        ;(this as Stats).length++
        if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        const start = startOf(this, this.length - 1)
        this.buffer[start] = tag | LARGE
        this.buffer[start + 1] = slot
        this.side[slot] = value
        return true
    }

    /**
     * The variant of a record, 0 to 127.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    tag(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        return (buffer[(buffer.length / this.capacity) * index] as number) & ~LARGE
    }

    /**
     * Where in `buffer` the payload of a record starts, or undefined if it is in the side table.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    payload(index: number): number | undefined {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const buffer = this.buffer
        index *= buffer.length / this.capacity
        if ((buffer[index] as number) & LARGE) return undefined
        return index + 1
    }

    /**
     * The value that a record has in the side table, or undefined if it has none there.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    large(index: number): T | undefined {
        const start = startOf(this, index)
        if ((this.buffer[start] as number) & LARGE)
            return this.side[this.buffer[start + 1] as number]
        return undefined
    }

    /**
     * Makes a record one of a common variant.
     *
     * @param tag The variant, 0 to 127.
     * @returns Where in `buffer` its payload starts. Write all its fields.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    set(index: number, tag: number): number {
        checkInteger("tag", tag, 0, LARGE - 1)
        const start = startOf(this, index)
        release(this.buffer, start, this.side)
        this.buffer[start] = tag
        return start + 1
    }

    /**
     * Makes a record one of a rare variant; its value goes into the side table.
     *
     * @param tag The variant, 0 to 127.
     * @param value Anything but undefined.
     * @returns Whether there was room in the side table; if not the record stays as it was.
     * @throws RangeError or TypeError if an argument is outside its range or the value is undefined.
     */
    setLarge(index: number, tag: number, value: T): boolean {
        checkLarge(tag, value)
        const start = startOf(this, index)
        let slot = this.buffer[start + 1] as number
        if (!((this.buffer[start] as number) & LARGE)) slot = freeSlot(this.side)
        if (slot < 0) {
            ;(this as Stats).refused++
            return false
        }
        this.buffer[start] = tag | LARGE
        this.buffer[start + 1] = slot
        this.side[slot] = value
        return true
    }

    /** Takes the last record away and returns whether there was one. */
    pop(): boolean {
        if (this.length === 0) return false
        release(this.buffer, startOf(this, this.length - 1), this.side)
        ;(this as Stats).length--
        return true
    }

    /**
     * Takes a record away; the last one takes its place, so that nothing else moves.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    swapRemove(index: number): void {
        const start = startOf(this, index)
        const last = startOf(this, this.length - 1)
        release(this.buffer, start, this.side)
        if (start < last) {
            copyBytes(this.buffer, start, this.buffer, last, this.buffer.length / this.capacity)
            this.buffer[last] = 0
        }
        ;(this as Stats).length--
    }

    /** How many more records it takes before it refuses. */
    available(): number {
        return this.capacity - this.length
    }

    /** How many more values go into the side table before it refuses. */
    availableLarge(): number {
        let free = 0
        for (let slot = 0; slot < this.side.length; slot++)
            if (this.side[slot] === undefined) free++
        return free
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all records and lets go of the side table's values; capacity and counters stay. */
    clear(): void {
        for (let slot = 0; slot < this.side.length; slot++) this.side[slot] = undefined
        fillBytes(this.buffer, 0, this.buffer.length, 0)
        ;(this as Stats).length = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}

interface Records {
    readonly buffer: Buffer
    readonly length: number
    readonly capacity: number
}

function startOf(records: Records, index: number): number {
    if (index >>> 0 !== index) checkIndex(index, records.length)
    if (index >= records.length) checkIndex(index, records.length)
    return (records.buffer.length / records.capacity) * index
}

function checkLarge(tag: number, value: unknown): void {
    checkInteger("tag", tag, 0, LARGE - 1)
    if (value === undefined) throw new TypeError("value must not be undefined")
}

/** A place of the side table with nothing in it, or -1. */
function freeSlot(side: readonly unknown[]): number {
    for (let slot = 0; slot < side.length; slot++) if (side[slot] === undefined) return slot
    return -1
}

/**
 * Lets go of the value in the side table that the record at `start` may have. Places of the buffer
 * without a record have no LARGE bit, so that their old bytes never let go of another's value.
 */
function release(buffer: Buffer, start: number, side: unknown[]): void {
    if ((buffer[start] as number) & LARGE) side[buffer[start + 1] as number] = undefined
    buffer[start] = 0
}
