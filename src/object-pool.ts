import { checkCapacity, checkFunction } from "./check"
import { copyStats } from "./stats"

/** The figures of an object pool. */
export interface ObjectPoolStats {
    /** How many objects there are. */
    capacity: number
    /** How many objects are lent out. */
    length: number
    /** The most objects ever lent out at once. */
    highWaterMark: number
    /** How many times there was no object left. */
    refused: number
    /** How many times an object was lent out. */
    acquired: number
}

/**
 * A fixed number of objects, made once and lent out again and again. When all are lent out it
 * refuses: `acquire` returns undefined and `refused` counts. Giving back what is not lent out is an
 * error, whether it was given back before or never came from here.
 *
 * An object keeps what its last user left in it. On the board the pool takes 8 bytes an object, the
 * objects, and 120 bytes. `acquire` and `release` do not allocate, call frames apart; `release`
 * looks for the object among those lent out, most recent first.
 *
 * @devsWhenUsed
 */
export class ObjectPool<T extends object> {
    /** All objects: first the `capacity - length` free ones, then those lent out. */
    private items: T[]
    /** How many objects are lent out. */
    readonly length: number
    /** How many objects there are. */
    readonly capacity: number
    /** The most objects ever lent out at once. */
    readonly highWaterMark: number
    /** How many times there was no object left. */
    readonly refused: number
    /** How many times an object was lent out. */
    readonly acquired: number

    /**
     * @param capacity How many objects there are: at least 1, at most 7,166.
     * @param make Makes one object; called `capacity` times, here and never again.
     * @throws RangeError or TypeError if the capacity is outside its range.
     */
    constructor(capacity: number, make: (index: number) => T) {
        checkCapacity(capacity, 8)
        checkFunction("make", make)
        this.items = new Array<T>(capacity)
        for (let i = 0; i < capacity; i++) this.items[i] = make(i)
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
        this.acquired = 0
    }

    /** Lends out an object, or returns undefined if none is left. */
    acquire(): T | undefined {
        if (this.length === this.capacity) {
            ;(this as ObjectPoolStats).refused = this.refused + 1
            return undefined
        }
        ;(this as ObjectPoolStats).acquired = this.acquired + 1
        const length = this.length + 1
        ;(this as ObjectPoolStats).length = length
        if (length > this.highWaterMark) (this as ObjectPoolStats).highWaterMark = length
        return this.items[this.capacity - length]
    }

    /**
     * Takes an object back.
     *
     * @throws RangeError if it is not lent out: given back already, or not from this pool.
     */
    release(object: T): void {
        const items = this.items
        const first = this.capacity - this.length
        for (let i = first; i < this.capacity; i++) {
            if (items[i] !== object) continue
            items[i] = items[first] as T
            items[first] = object
            ;(this as ObjectPoolStats).length = this.length - 1
            return
        }
        for (let i = 0; i < first; i++)
            if (items[i] === object)
                throw new RangeError("object must be lent out, but was given back already")
        throw new RangeError("object must be lent out, but is not from this pool")
    }

    /** How many more objects it lends out before it refuses. */
    available(): number {
        return this.capacity - this.length
    }

    /** Whether no object is lent out. */
    isEmpty(): boolean {
        return this.length === 0
    }

    /** Whether all objects are lent out. */
    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Takes all objects back at once; who still holds one must not use it any more. */
    clear(): void {
        ;(this as ObjectPoolStats).length = 0
    }

    /**
     * The part of all lendings that got an object which had been lent out before, 0 to 1: what it
     * spared, where a new object a time was the other way.
     */
    reuseRate(): number {
        return this.acquired === 0 ? 0 : 1 - this.highWaterMark / this.acquired
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: ObjectPoolStats): ObjectPoolStats {
        if (into === undefined)
            into = { capacity: 0, length: 0, highWaterMark: 0, refused: 0, acquired: 0 }
        copyStats(this, into)
        into.acquired = this.acquired
        return into
    }
}
