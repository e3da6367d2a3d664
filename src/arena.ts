import { checkCapacity, failRange, MAX_BUFFER_BYTES } from "./check"
import { copyStats, type Stats } from "./stats"

/**
 * Memory handed out from the front of one buffer and given back all at once, or back to a mark:
 * what belongs together goes together, and nothing is left behind in holes. When it is full it
 * refuses: `allocate` returns undefined and `refused` counts.
 *
 * ```ts
 * const mark = arena.length
 * const start = arena.allocate(ORDER_BYTES)
 * if (start !== undefined) writeField(arena.buffer, start, TABLE, 7)
 * arena.reset(mark)
 * ```
 *
 * On the board it takes its capacity and 112 bytes. No operation allocates on the heap, call frames
 * apart.
 *
 * @devsWhenUsed
 */
export class Arena {
    /** The memory. */
    readonly buffer: Buffer
    /** The bytes handed out, gaps included: the mark to come back to with `reset`. */
    readonly length: number
    /** The most bytes it can hand out. */
    readonly capacity: number
    /** The most bytes ever handed out at once; `reset` does not lower it. */
    readonly highWaterMark: number
    /** How many requests it turned away because they did not fit. */
    readonly refused: number

    /**
     * @param capacity The most bytes it can hand out, 1 to 57,332.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkCapacity(capacity, 1)
        this.buffer = Buffer.alloc(capacity)
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    /**
     * Hands out memory. Its bytes are what they were: those of an earlier use after a reset.
     *
     * @param bytes How much, 1 to 57,332.
     * @param align What the place must be a multiple of: 1, 2, 4, 8, 16, 32 or 64.
     * @returns Where in `buffer` it starts, or undefined if it does not fit.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    allocate(bytes: number, align: number = 1): number | undefined {
        // Conditions stand alone: `||` takes a slot of the call's frame.
        if (bytes >>> 0 !== bytes) failRange("bytes", bytes, 1, MAX_BUFFER_BYTES)
        if (bytes === 0) failRange("bytes", bytes, 1, MAX_BUFFER_BYTES)
        if (bytes > MAX_BUFFER_BYTES) failRange("bytes", bytes, 1, MAX_BUFFER_BYTES)
        let start = this.length
        if (align !== 1) {
            if ((align & 0x7f) !== align || (align & (align - 1)) !== 0 || align === 0)
                failAlign(align)
            start = (start + align - 1) & -align
        }
        if (start + bytes > this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return undefined
        }
        ;(this as Stats).length = start + bytes
        if (this.length > this.highWaterMark) (this as Stats).highWaterMark = this.length
        return start
    }

    /**
     * Takes back all that was handed out since `length` was `mark`; everything if there is no mark.
     *
     * @throws RangeError or TypeError if the mark is no integer from 0 to `length`.
     */
    reset(mark: number = 0): void {
        if (mark >>> 0 !== mark || mark > this.length) failRange("mark", mark, 0, this.length)
        ;(this as Stats).length = mark
    }

    /** How many more bytes it can hand out, alignment apart. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Takes everything back; capacity and counters stay. */
    clear(): void {
        ;(this as Stats).length = 0
    }

    /** Its figures in bytes, in `into` or else in a new object. */
    stats(into?: Stats): Stats {
        return copyStats(this, into)
    }
}

function failAlign(align: number): never {
    if (typeof align !== "number") failRange("align", align, 1, 64)
    throw new RangeError(`align must be a power of two from 1 to 64, got ${align}`)
}
