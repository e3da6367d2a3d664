import { checkFunction, checkInteger, failRange, failType } from "./check"

/** The figures of a result cache. */
export interface CacheStats {
    /** The most results it keeps. */
    capacity: number
    /** The results it keeps now. */
    length: number
    /** The most results it ever kept. */
    highWaterMark: number
    /** How many results it had when asked. */
    hits: number
    /** How many it did not have. */
    misses: number
    /** How many it gave up to make room for others. */
    evictions: number
}

/**
 * Results that are costly to work out, kept by a number: at most `capacity` of them. When it is
 * full, a new result takes the place of one that was not asked for lately (the clock, or second
 * chance, rule) and `evictions` counts.
 *
 * On the board it takes 18 bytes for each result of its capacity and 232 bytes. No operation
 * allocates, call frames and `compute` apart. A key is found by a byte of it in one built-in search,
 * however large the cache.
 *
 * @devsWhenUsed
 */
export class ResultCache<T> {
    private keys: number[]
    private values: T[]
    /** A byte of each key, to search for; after these, whether each result was asked for lately. */
    private marks: Buffer
    /** Where the search for a result to give up goes on. */
    private hand: number
    /** The results it keeps now. */
    readonly length: number
    /** The most results it keeps. */
    readonly capacity: number
    /** The most results it ever kept; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many results it had when asked. */
    readonly hits: number
    /** How many it did not have. */
    readonly misses: number
    /** How many it gave up to make room for others. */
    readonly evictions: number

    /**
     * @param capacity The most results it keeps, 1 to 7,166.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkInteger("capacity", capacity, 1, 7166)
        this.keys = new Array<number>(capacity)
        this.values = new Array<T>(capacity)
        this.marks = Buffer.alloc(2 * capacity)
        this.hand = 0
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.hits = 0
        this.misses = 0
        this.evictions = 0
    }

    /**
     * The result kept for a key, or undefined.
     *
     * @param key 0 to 4,294,967,295.
     * @throws RangeError or TypeError if the key is outside its range.
     */
    get(key: number): T | undefined {
        const slot = this.find(key)
        if (slot < 0) {
            ;(this as CacheStats).misses = this.misses + 1
            return undefined
        }
        ;(this as CacheStats).hits = this.hits + 1
        this.marks[this.capacity + slot] = 1
        return this.values[slot]
    }

    /**
     * Keeps a result, in the place of the one it has for this key or of one not asked for lately.
     *
     * @throws RangeError or TypeError if the key is outside its range.
     */
    set(key: number, value: T): void {
        let slot = this.find(key)
        if (slot < 0) {
            slot = this.length
            if (slot === this.capacity) slot = this.evict()
            else {
                ;(this as CacheStats).length = slot + 1
                if (slot === this.highWaterMark) (this as CacheStats).highWaterMark = slot + 1
            }
            this.keys[slot] = key
            this.marks[slot] = key & 0xff
            this.marks[this.capacity + slot] = 0
        }
        this.values[slot] = value
    }

    /**
     * The result for a key: the one kept, or else `compute(key)`, which it then keeps. A result of
     * undefined is worked out each time.
     *
     * @throws RangeError or TypeError if the key is outside its range or `compute` no function.
     */
    getOrCompute(key: number, compute: (key: number) => T): T {
        checkFunction("compute", compute)
        const kept = this.get(key)
        if (kept !== undefined) return kept
        const value = compute(key)
        this.set(key, value)
        return value
    }

    /** The part of all questions that it could answer, 0 to 1. */
    hitRate(): number {
        return this.hits + this.misses === 0 ? 0 : this.hits / (this.hits + this.misses)
    }

    /** How many more results it keeps before it gives one up. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all results; capacity and counters stay. */
    clear(): void {
        for (let slot = this.length - 1; slot >= 0; slot--)
            this.values[slot] = undefined as unknown as T
        ;(this as CacheStats).length = 0
        this.hand = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: CacheStats): CacheStats {
        if (into === undefined)
            into = {
                capacity: 0,
                length: 0,
                highWaterMark: 0,
                hits: 0,
                misses: 0,
                evictions: 0,
            }
        if (typeof into !== "object") failType("into", into, "an object")
        into.capacity = this.capacity
        into.length = this.length
        into.highWaterMark = this.highWaterMark
        into.hits = this.hits
        into.misses = this.misses
        into.evictions = this.evictions
        return into
    }

    /** The slot of a key, or -1. */
    private find(key: number): number {
        if (key >>> 0 !== key) failRange("key", key, 0, 0xffffffff)
        const marks = this.marks
        const keys = this.keys
        for (let slot = -1; ;) {
            slot = marks.indexOf(key & 0xff, slot + 1)
            if (slot < 0 || slot >= this.length) return -1
            if (keys[slot] === key) return slot
        }
    }

    /** Picks the next slot in turn that was not asked for since it was last passed over. */
    private evict(): number {
        const marks = this.marks
        for (;;) {
            const slot = this.hand
            this.hand = slot + 1 === this.capacity ? 0 : slot + 1
            if (marks[this.capacity + slot] === 0) {
                ;(this as CacheStats).evictions = this.evictions + 1
                return slot
            }
            marks[this.capacity + slot] = 0
        }
    }
}
