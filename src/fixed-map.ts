import { fillBytes, type BoardBytes } from "./bytes"
import { checkCapacity, checkFunction, checkInteger, failBits, failRange } from "./check"
import { copyStats, type Stats } from "./stats"

/** 2 ** 32 divided by the golden ratio: it spreads keys that follow a pattern. */
const HASH = -1640531527

/**
 * A map from unsigned integers to unsigned integers in one buffer, of fixed capacity. When it is
 * full it refuses a new key: `set` returns false and `refused` counts; the value of a key that it
 * knows can always be replaced.
 *
 * It is a hash table with open addressing, a quarter larger than its capacity; deleting moves the
 * entries behind up, so it does not get slower with use. On the board it takes
 * `floor(1.25 * capacity + 1) * (keyBytes + valueBytes)` bytes and 128 bytes of overhead; an object
 * used as a map takes 16 bytes an entry and, for a key made at run time, a string. No operation
 * allocates, call frames apart.
 *
 * @devsWhenUsed
 */
export class FixedMap {
    /** Entries of key and value. A key is stored plus one, so that 0 tells an empty slot. */
    private readonly buffer: Buffer
    /** The bytes of a key, plus 8 times the bytes of an entry: a field of its own costs 16 bytes. */
    private readonly widths: number
    /** How many keys it holds now. */
    readonly length: number
    /** The most keys it can hold. */
    readonly capacity: number
    /** The most keys it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many times it turned away a key because it was full. */
    readonly refused: number

    /**
     * @param capacity The most keys it can hold: at least 1; the table must fit in 57,332 bytes.
     * @param keyBytes The bytes of a key, 1 to 4: 2 holds 0 to 65,534, one less than the bytes do.
     * @param valueBytes The bytes of a value, 1 to 4: 3 holds 0 to 16,777,215.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, keyBytes: number, valueBytes: number) {
        checkInteger("keyBytes", keyBytes, 1, 4)
        checkInteger("valueBytes", valueBytes, 1, 4)
        const entry = keyBytes + valueBytes
        checkCapacity(capacity, 1.25 * entry, entry)
        this.buffer = Buffer.alloc((capacity + (capacity >> 2) + 1) * entry)
        this.widths = keyBytes + 8 * entry
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * The value of a key, or undefined if it is not there.
     *
     * @throws RangeError or TypeError if the key is outside its range.
     */
    get(key: number): number | undefined {
        const buffer = this.buffer
        const keyBytes = this.widths & 7
        if ((key & (-1 >>> (32 - 8 * keyBytes))) >>> 0 !== key) failKey(key, keyBytes)
        const entry = this.widths >> 3
        // This is `find`, in place: the call would take half as long again.
        let at = ((Math.imul(key, HASH) >>> 8) % (buffer.length / entry)) * entry
        key = (key + 1) | 0
        for (;;) {
            let found = buffer[at] as number
            if (keyBytes > 1) found |= (buffer[at + 1] as number) << 8
            if (keyBytes > 2) found |= (buffer[at + 2] as number) << 16
            if (keyBytes > 3) found |= (buffer[at + 3] as number) << 24
            if (found === 0) return absent(key, keyBytes)
            if (found === key) break
            at += entry
            if (at === buffer.length) at = 0
        }
        at += keyBytes
        const width = entry - keyBytes
        if (width === 2) if ((buffer as BoardBytes).fillAt) return buffer.getAt(at, "u16")
        let value = buffer[at] as number
        if (width > 1) value |= (buffer[at + 1] as number) << 8
        if (width > 2) value |= (buffer[at + 2] as number) << 16
        if (width > 3) value = (value | ((buffer[at + 3] as number) << 24)) >>> 0
        return value
    }

    /**
     * Whether a key is there.
     *
     * @throws RangeError or TypeError if the key is outside its range.
     */
    has(key: number): boolean {
        return this.find(key) >= 0
    }

    /**
     * Sets the value of a key, if the key is there or there is room for it.
     *
     * @returns Whether it was taken.
     * @throws RangeError or TypeError if the key or the value is outside its range.
     */
    set(key: number, value: number): boolean {
        const buffer = this.buffer
        const keyBytes = this.widths & 7
        const width = (this.widths >> 3) - keyBytes
        if ((value & (-1 >>> (32 - 8 * width))) >>> 0 !== value) failBits(value, 8 * width)
        let at = this.find(key)
        if (at < 0) {
            if (this.length === this.capacity) {
                ;(this as Stats).refused = this.refused + 1
                return false
            }
            ;(this as Stats).length = this.length + 1
            if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
            at = -1 - at
            key++
            buffer[at] = key & 0xff
            if (keyBytes > 1) buffer[at + 1] = key >> 8
            if (keyBytes > 2) buffer[at + 2] = key >> 16
            if (keyBytes > 3) buffer[at + 3] = key >> 24
        }
        at += keyBytes
        buffer[at] = value & 0xff
        if (width > 1) buffer[at + 1] = value >> 8
        if (width > 2) buffer[at + 2] = value >> 16
        if (width > 3) buffer[at + 3] = value >> 24
        return true
    }

    /**
     * Removes a key with its value.
     *
     * @returns Whether it was there.
     * @throws RangeError or TypeError if the key is outside its range.
     */
    delete(key: number): boolean {
        const buffer = this.buffer
        const entry = this.widths >> 3
        let hole = this.find(key)
        if (hole < 0) return false
        ;(this as Stats).length--
        // Move up every entry behind that could not be found any more past an empty slot.
        for (let at = hole; ;) {
            at += entry
            if (at === buffer.length) at = 0
            const stored = readNumber(buffer, at, this.widths & 7)
            if (stored === 0) break
            const home = this.home(stored - 1)
            if (hole < at ? home <= hole || home > at : home <= hole && home > at) {
                for (let i = 0; i < entry; i++) buffer[hole + i] = buffer[at + i] as number
                hole = at
            }
        }
        for (let i = this.widths & 7; i > 0;) buffer[hole + --i] = 0
        return true
    }

    /** Calls a function with each value and key, in no particular order. It must not change the map. */
    forEach(callback: (value: number, key: number) => void): void {
        checkFunction("callback", callback)
        const buffer = this.buffer
        const entry = this.widths >> 3
        const keyBytes = this.widths & 7
        // In place: looking each key up again takes more steps than a turn has, from 400 keys on.
        for (let at = 0; at < buffer.length; at += entry) {
            const stored = readNumber(buffer, at, keyBytes)
            if (stored === 0) continue
            callback(readNumber(buffer, at + keyBytes, entry - keyBytes), stored - 1)
        }
    }

    /** How many more keys it takes before it refuses. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all keys; capacity and counters stay. */
    clear(): void {
        ;(this as Stats).length = 0
        fillBytes(this.buffer, 0, this.buffer.length, 0)
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }

    /** Where the entry of a key starts or, if there is none, -1 less where it would start. */
    private find(key: number): number {
        const keyBytes = this.widths & 7
        const buffer = this.buffer
        if ((key & (-1 >>> (32 - 8 * keyBytes))) >>> 0 !== key) failKey(key, keyBytes)
        const stored = (key + 1) | 0
        const entry = this.widths >> 3
        // This is `home`, in place: the call would take as long as the search.
        let at = ((Math.imul(key, HASH) >>> 8) % (buffer.length / entry)) * entry
        for (;;) {
            let found = buffer[at] as number
            if (keyBytes > 1) found |= (buffer[at + 1] as number) << 8
            if (keyBytes > 2) found |= (buffer[at + 2] as number) << 16
            if (keyBytes > 3) found |= (buffer[at + 3] as number) << 24
            if (found === 0) {
                absent(stored, keyBytes)
                return -1 - at
            }
            if (found === stored) return at
            at += entry
            if (at === buffer.length) at = 0
        }
    }

    /** Where the search for a key begins. */
    private home(key: number): number {
        const entry = this.widths >> 3
        return ((Math.imul(key, HASH) >>> 8) % (this.buffer.length / entry)) * entry
    }
}

function failKey(key: number, keyBytes: number): never {
    failRange("key", key, 0, 256 ** keyBytes - 2)
}

/**
 * A key, as it is stored, is not there. The greatest would be stored as 0, which tells an empty slot, and
 * is never found: only here need it be told apart.
 */
function absent(stored: number, keyBytes: number): undefined {
    if ((stored & (-1 >>> (32 - 8 * keyBytes))) === 0) failKey((stored - 1) >>> 0, keyBytes)
    return undefined
}

/** An unsigned number of 1 to 4 bytes. */
function readNumber(buffer: Buffer, at: number, width: number): number {
    let value = buffer[at] as number
    if (width > 1) value |= (buffer[at + 1] as number) << 8
    if (width > 2) value |= (buffer[at + 2] as number) << 16
    if (width > 3) value |= (buffer[at + 3] as number) << 24
    return value >>> 0
}
