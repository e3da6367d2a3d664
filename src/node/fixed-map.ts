import { checkCapacity, checkFunction, checkInteger, failBits, failRange } from "../check"
import { copyStats, type Stats } from "../stats"

/** As on the board: entries stand in the same order. */
const HASH = -1640531527

/**
 * `FixedMap` in Node: the same table, of numbers and not of bytes. To put a number together of bytes takes
 * as long there as to find it. A slot takes 8 bytes whatever the widths.
 */
export class FixedMap {
    /** Key and value of each slot in turn. A key is stored plus one, so that 0 tells an empty slot. */
    private readonly buffer: Int32Array
    private readonly greatestKey: number
    private readonly valueBits: number
    readonly length: number
    readonly capacity: number
    readonly highWaterMark: number
    readonly refused: number

    constructor(capacity: number, keyBytes: number, valueBytes: number) {
        checkInteger("keyBytes", keyBytes, 1, 4)
        checkInteger("valueBytes", valueBytes, 1, 4)
        const entry = keyBytes + valueBytes
        checkCapacity(capacity, 1.25 * entry, entry)
        this.buffer = new Int32Array(2 * (capacity + (capacity >> 2) + 1))
        this.greatestKey = 256 ** keyBytes - 2
        this.valueBits = 8 * valueBytes
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    get(key: number): number | undefined {
        const at = this.find(key)
        return at < 0 ? undefined : (this.buffer[at + 1] as number) >>> 0
    }

    has(key: number): boolean {
        return this.find(key) >= 0
    }

    set(key: number, value: number): boolean {
        const valueBits = this.valueBits
        if ((value & (-1 >>> (32 - valueBits))) >>> 0 !== value) failBits(value, valueBits)
        let at = this.find(key)
        if (at < 0) {
            if (this.length === this.capacity) {
                ;(this as Stats).refused = this.refused + 1
                return false
            }
            ;(this as Stats).length = this.length + 1
            if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
            at = -1 - at
            this.buffer[at] = key + 1
        }
        this.buffer[at + 1] = value
        return true
    }

    delete(key: number): boolean {
        const buffer = this.buffer
        let hole = this.find(key)
        if (hole < 0) return false
        ;(this as Stats).length--
        // Move up every entry behind that could not be found any more past an empty slot.
        for (let at = hole; ;) {
            at += 2
            if (at === buffer.length) at = 0
            const stored = buffer[at] as number
            if (stored === 0) break
            const home = homeOf(stored - 1, buffer)
            if (hole < at ? home <= hole || home > at : home <= hole && home > at) {
                buffer[hole] = stored
                buffer[hole + 1] = buffer[at + 1] as number
                hole = at
            }
        }
        buffer[hole] = 0
        return true
    }

    forEach(callback: (value: number, key: number) => void): void {
        checkFunction("callback", callback)
        const buffer = this.buffer
        for (let at = 0; at < buffer.length; at += 2)
            if (buffer[at] !== 0)
                callback((buffer[at + 1] as number) >>> 0, ((buffer[at] as number) >>> 0) - 1)
    }

    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    clear(): void {
        ;(this as Stats).length = 0
        this.buffer.fill(0)
    }

    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }

    /** Where the entry of a key is or, if there is none, -1 less where it would be. */
    private find(key: number): number {
        if (key >>> 0 !== key || key > this.greatestKey) this.failKey(key)
        const buffer = this.buffer
        const stored = (key + 1) | 0
        let at = homeOf(key, buffer)
        for (;;) {
            const found = buffer[at]
            if (found === stored) return at
            if (found === 0) return -1 - at
            at += 2
            if (at === buffer.length) at = 0
        }
    }

    private failKey(key: number): never {
        failRange("key", key, 0, this.greatestKey)
    }
}

/** Where the search for a key begins. */
function homeOf(key: number, buffer: Int32Array): number {
    return ((Math.imul(key, HASH) >>> 8) % (buffer.length >> 1)) << 1
}
