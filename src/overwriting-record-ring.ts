import { readField, writeField, type ByteField } from "./byte-fields"
import { checkCapacity, checkFunction, checkIndex, checkInteger, MAX_BUFFER_BYTES } from "./check"
import { checkField } from "./field-check"
import { copyOverwritingStats, type OverwritingStats } from "./stats"

/**
 * The last records of a series, in one buffer. When it is full, a new record takes the place of the
 * oldest and `overwritten` counts. For the queue that refuses instead, see `RecordRing`.
 *
 * On the board it takes `capacity * recordBytes` bytes and 128 bytes of overhead. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class OverwritingRecordRing {
    /** The records' bytes. */
    readonly buffer: Buffer
    /** How many records it holds now. */
    readonly length: number
    /** The most records it can hold. */
    readonly capacity: number
    /** The slot of the oldest record. */
    private head: number
    /** The most records it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many records gave way to newer ones. */
    readonly overwritten: number

    /**
     * @param capacity The most records it can hold: at least 1, and `capacity * recordBytes` at most
     * 57,332 bytes.
     * @param recordBytes The bytes of a record, 1 to 57,332.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, recordBytes: number) {
        checkInteger("recordBytes", recordBytes, 1, MAX_BUFFER_BYTES)
        checkCapacity(capacity, recordBytes)
        this.buffer = Buffer.alloc(capacity * recordBytes)
        this.length = 0
        this.capacity = capacity
        this.head = 0
        this.highWaterMark = 0
        this.overwritten = 0
    }

    /**
     * Makes room for a record and counts it, if it must in place of the oldest.
     *
     * @returns Where in `buffer` the record starts. Write all its fields: they still hold those of
     * an earlier record.
     */
    push(): number {
        if (this.length === this.capacity) this.giveUp()
        const length = this.length
        ;(this as OverwritingStats).length = length + 1
        if (length === this.highWaterMark) (this as OverwritingStats).highWaterMark = length + 1
        let slot = this.head + length
        if (slot >= this.capacity) slot -= this.capacity
        return slot * (this.buffer.length / this.capacity)
    }

    /**
     * Where the next `push` will make its record, so that the record can be written first and counts
     * only when it is whole. A full ring gives up its oldest record for it.
     *
     * @returns Where in `buffer` it will start.
     */
    reserve(): number {
        if (this.length === this.capacity) this.giveUp()
        let slot = this.head + this.length
        if (slot >= this.capacity) slot -= this.capacity
        return slot * (this.buffer.length / this.capacity)
    }

    /** Takes the newest record away and returns whether there was one. */
    pop(): boolean {
        if (this.length === 0) return false
        ;(this as OverwritingStats).length = this.length - 1
        return true
    }

    /**
     * Takes the oldest record away and returns whether there was one. Read it before, where `peek`
     * says: its place is the next that `push` writes to.
     */
    shift(): boolean {
        if (this.length === 0) return false
        ;(this as OverwritingStats).length = this.length - 1
        this.head = this.head + 1
        if (this.head === this.capacity) this.head = 0
        return true
    }

    /** Where in `buffer` the oldest record starts, or undefined if there is none. */
    peek(): number | undefined {
        if (this.length === 0) return undefined
        return this.head * (this.buffer.length / this.capacity)
    }

    /** Where in `buffer` the newest record starts, or undefined if there is none. */
    newest(): number | undefined {
        if (this.length === 0) return undefined
        return this.start(this.length - 1)
    }

    /**
     * Where in `buffer` the record at an index starts: 0 is the oldest.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    start(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        index += this.head
        if (index >= this.capacity) index -= this.capacity
        return index * (this.buffer.length / this.capacity)
    }

    /**
     * A field of the record at an index: 0 is the oldest.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length` or the field does not
     * lie in a record.
     */
    get(index: number, field: ByteField): number {
        index = this.start(index)
        if ((field >>> 4) + (field & 7) > this.buffer.length / this.capacity)
            checkField(field, this.buffer.length / this.capacity)
        return readField(this.buffer, index, field)
    }

    /**
     * Changes a field of the record at an index: 0 is the oldest.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`, the value does not
     * fit in the field or the field does not lie in a record.
     */
    set(index: number, field: ByteField, value: number): void {
        index = this.start(index)
        if ((field >>> 4) + (field & 7) > this.buffer.length / this.capacity)
            checkField(field, this.buffer.length / this.capacity)
        writeField(this.buffer, index, field, value)
    }

    /** Calls a function with where in `buffer` each record starts and its index, the oldest first. */
    forEach(callback: (start: number, index: number) => void): void {
        checkFunction("callback", callback)
        for (let index = 0; index < this.length; index++) callback(this.start(index), index)
    }

    /** How many more records it takes before it overwrites. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all records; capacity and counters stay. */
    clear(): void {
        ;(this as OverwritingStats).length = 0
        this.head = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: OverwritingStats): OverwritingStats {
        return copyOverwritingStats(this, into)
    }

    /** Gives up the oldest record. */
    private giveUp(): void {
        ;(this as OverwritingStats).overwritten = this.overwritten + 1
        ;(this as OverwritingStats).length = this.length - 1
        this.head = this.head + 1
        if (this.head === this.capacity) this.head = 0
    }
}
