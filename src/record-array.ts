import { readField, U16, U8, writeField, type ByteField } from "./byte-fields"
import { copyBytes, rotateBytes, type BoardBytes } from "./bytes"
import { checkCapacity, checkFunction, checkIndex, checkInteger, MAX_BUFFER_BYTES } from "./check"
import { checkField } from "./field-check"
import { findField, sumField } from "./field-scan"
import { copyStats, type Stats } from "./stats"

/**
 * An array of records of fixed size in one buffer (array of structs). When it is full it refuses:
 * `push` returns undefined and `refused` counts. For a queue of records see `RecordRing`.
 *
 * A record is described by constants, so its layout costs nothing at run time:
 *
 * ```ts
 * const ORDER_ID = U32
 * const TABLE = U8 + 4 * AT
 * const PRICE = U16 + 5 * AT
 * const ORDER_BYTES = 7
 *
 * const orders = new RecordArray(100, ORDER_BYTES)
 * const start = orders.push()
 * if (start !== undefined) writeField(orders.buffer, start, TABLE, 7)
 * orders.get(0, TABLE) // 7
 * ```
 *
 * On the board it takes `capacity * recordBytes` bytes and 128 bytes of overhead, against 84 bytes
 * and more for each object of an array. No operation allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class RecordArray {
    /** The records' bytes. */
    readonly buffer: Buffer
    /** The bytes of a record. */
    readonly recordBytes: number
    /** How many records it holds now. */
    readonly length: number
    /** The most records it can hold. */
    readonly capacity: number
    /** The most records it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many records it turned away because it was full. */
    readonly refused: number

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
        this.recordBytes = recordBytes
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * Makes room for a record at the end and counts it.
     *
     * @returns Where in `buffer` the record starts, or undefined if there is no room. Write all its
     * fields: they still hold those of an earlier record.
     */
    push(): number | undefined {
        const length = this.length
        if (length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return undefined
        }
        ;(this as Stats).length = length + 1
        if (length === this.highWaterMark) (this as Stats).highWaterMark = length + 1
        return this.recordBytes * length
    }

    /**
     * Where the next `push` will make its record, so that the record can be written first and counts
     * only when it is whole: an error half-way leaves the array as it was.
     *
     * @returns Where in `buffer` it will start, or undefined if there is no room; then `refused` counts.
     */
    reserve(): number | undefined {
        if (this.length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return undefined
        }
        return this.recordBytes * this.length
    }

    /** Where in `buffer` the last record starts, or undefined if there is none. */
    newest(): number | undefined {
        if (this.length === 0) return undefined
        return this.recordBytes * (this.length - 1)
    }

    /**
     * Where in `buffer` a record starts.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    start(index: number): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        return this.recordBytes * index
    }

    /**
     * A field of a record. `readField(orders.buffer, index * ORDER_BYTES, TABLE)` is the same
     * without the checks and with half the frames.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length` or the field does not
     * lie in a record.
     */
    get(index: number, field: ByteField): number {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const recordBytes = this.recordBytes
        if ((field >>> 4) + (field & 7) > recordBytes) checkField(field, recordBytes)
        // A call less for the commonest fields, which lie in the buffer as the record does.
        if (field === (field & -16) + U16)
            if ((this.buffer as BoardBytes).fillAt)
                return this.buffer.getAt(index * recordBytes + (field >>> 4), "u16")
        if (field === (field & -16) + U8)
            return this.buffer[index * recordBytes + (field >>> 4)] as number
        return readField(this.buffer, index * recordBytes, field)
    }

    /**
     * Changes a field of a record.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`, the value does not
     * fit in the field or the field does not lie in a record.
     */
    set(index: number, field: ByteField, value: number): void {
        if (index >>> 0 !== index) checkIndex(index, this.length)
        if (index >= this.length) checkIndex(index, this.length)
        const recordBytes = this.recordBytes
        if ((field >>> 4) + (field & 7) > recordBytes) checkField(field, recordBytes)
        writeField(this.buffer, index * recordBytes, field, value)
    }

    /** Takes the last record away and returns whether there was one. */
    pop(): boolean {
        if (this.length === 0) return false
        ;(this as Stats).length--
        return true
    }

    /**
     * Takes a record away; those behind it move up.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    remove(index: number): void {
        checkIndex(index, this.length)
        this.move(index, this.length - 1)
        ;(this as Stats).length--
    }

    /**
     * Takes a record away; the last one takes its place, so that nothing else moves.
     *
     * @throws RangeError or TypeError if the index is not from 0 below `length`.
     */
    swapRemove(index: number): void {
        const start = this.start(index)
        ;(this as Stats).length--
        const last = this.recordBytes * this.length
        if (start < last) copyBytes(this.buffer, start, this.buffer, last, this.recordBytes)
    }

    /**
     * Moves a record to another index; those in between make room.
     *
     * @throws RangeError or TypeError if an index is not from 0 below `length`.
     */
    move(from: number, to: number): void {
        checkIndex(from, this.length, "from")
        checkIndex(to, this.length, "to")
        const width = this.recordBytes
        from *= width
        to *= width
        if (from < to) rotateBytes(this.buffer, width, from, to + width)
        else if (from > to) rotateBytes(this.buffer, -width, to, from + width)
    }

    /**
     * Forgets all records from an index on.
     *
     * @throws RangeError or TypeError if it is not from 0 to `length`.
     */
    truncate(length: number): void {
        checkInteger("length", length, 0, this.length)
        ;(this as Stats).length = length
    }

    /**
     * The index of the first record from `from` on whose field has a value, or -1.
     *
     * @throws RangeError or TypeError if the field does not lie in a record, the value does not fit in
     * it or `from` is not from 0 to `length`.
     */
    indexOf(field: ByteField, value: number, from: number = 0): number {
        const width = this.recordBytes
        if ((field >>> 4) + (field & 7) > width) checkField(field, width)
        checkInteger("from", from, 0, this.length)
        const found = findField(this.buffer, from * width, width, this.length * width, field, value)
        return found < 0 ? -1 : from + found
    }

    /**
     * The sum of a field over all records.
     *
     * @throws RangeError or TypeError if the field does not lie in a record.
     */
    sum(field: ByteField): number {
        const width = this.recordBytes
        if ((field >>> 4) + (field & 7) > width) checkField(field, width)
        return sumField(this.buffer, 0, width, this.length * width, field)
    }

    /** Calls a function with where in `buffer` each record starts and its index. */
    forEach(callback: (start: number, index: number) => void): void {
        checkFunction("callback", callback)
        const width = this.recordBytes
        for (let index = 0; index < this.length; index++) callback(index * width, index)
    }

    /**
     * Sorts the records by a field, smallest first; equal ones keep their order.
     *
     * @throws RangeError or TypeError if the field does not lie in a record.
     */
    sortBy(field: ByteField): void {
        checkField(field, this.recordBytes)
        for (let index = 1; index < this.length; index++) {
            const value = this.get(index, field)
            let low = 0
            let high = index
            while (low < high) {
                const middle = (low + high) >> 1
                if (this.get(middle, field) > value) high = middle
                else low = middle + 1
            }
            if (low < index) this.move(index, low)
        }
    }

    /** How many more records it takes before it refuses. */
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
        ;(this as Stats).length = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
