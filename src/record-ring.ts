import { checkCapacity, checkIndex, checkInteger, MAX_BUFFER_BYTES } from "./check"
import { copyStats, type Stats } from "./stats"

/**
 * A queue of records of fixed size in one buffer, first in, first out. When it is full it refuses:
 * `push` returns -1 and `refused` counts. For the queue that gives up its oldest record instead,
 * see `OverwritingRecordRing`.
 *
 * Records are written and read in place, so nothing is copied:
 *
 * ```ts
 * const orders = new RecordRing(20, ORDER_BYTES)
 * const start = orders.push()
 * if (start >= 0) writeField(orders.buffer, start, TABLE, 7)
 * ```
 *
 * On the board it takes `capacity * recordBytes` bytes and 128 bytes of overhead. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class RecordRing {
    /** The records' bytes. */
    readonly buffer: Buffer
    /** How many records it holds now. Read only. */
    length: number
    /** The most records it can hold. */
    readonly capacity: number
    /** The slot of the oldest record. */
    private head: number
    /** The most records it ever held; `clear` does not lower it. Read only. */
    highWaterMark: number
    /** How many records it turned away because it was full. Read only. */
    refused: number

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
        this.refused = 0
    }

    /**
     * Makes room for a record.
     *
     * @returns Where in `buffer` the record starts, or -1 if there is no room. Write all its fields:
     * they still hold those of an earlier record.
     */
    push(): number {
        if (this.length === this.capacity) {
            this.refused++
            return -1
        }
        let slot = this.head + this.length
        if (slot >= this.capacity) slot -= this.capacity
        if (++this.length > this.highWaterMark) this.highWaterMark = this.length
        return slot * (this.buffer.length / this.capacity)
    }

    /**
     * Removes the oldest record.
     *
     * @returns Where in `buffer` it starts, or -1 if there is none. Its bytes stay until a `push`
     * comes round to its place, at the earliest the next one.
     */
    shift(): number {
        if (this.length === 0) return -1
        const start = this.head * (this.buffer.length / this.capacity)
        this.length--
        if (++this.head === this.capacity) this.head = 0
        return start
    }

    /** Where in `buffer` the oldest record starts, or -1 if there is none. */
    peek(): number {
        return this.length === 0 ? -1 : this.head * (this.buffer.length / this.capacity)
    }

    /**
     * Where in `buffer` the record at an index starts: 0 is the oldest.
     *
     * @throws RangeError if the index is not from 0 below `length`.
     */
    at(index: number): number {
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        let slot = this.head + index
        if (slot >= this.capacity) slot -= this.capacity
        return slot * (this.buffer.length / this.capacity)
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
        this.length = 0
        this.head = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}
