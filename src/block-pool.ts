import { checkInteger, failRange, MAX_BUFFER_BYTES } from "./check"

/** The figures of a block pool. */
export interface BlockPoolStats {
    /** The most blocks it hands out at once. */
    capacity: number
    /** The blocks handed out now. */
    length: number
    /** The most blocks ever handed out at once. */
    highWaterMark: number
    /** How many requests it turned away because too many blocks were out. */
    refused: number
    /** How many requests it served. */
    allocated: number
    /** How many of these with a block that had been used before. */
    reused: number
    /** How many blocks it gave up because enough of their class were kept. */
    dropped: number
}

/** The bytes of the smallest blocks. */
export const SMALL_BLOCK_BYTES = 64
/** The bytes of medium blocks, and the step of the sizes above. */
export const MEDIUM_BLOCK_BYTES = 1024
/** The bytes of the largest block: the last multiple of 1,024 that fits in a buffer. */
export const MAX_BLOCK_BYTES = 56320
/** The most free blocks kept of each class; what is given back beyond becomes garbage. */
export const KEPT_BLOCKS = 10

/**
 * Buffers for passing use, made on demand and used again. There are three classes: blocks of 64
 * bytes, of 1,024 bytes, and larger ones in multiples of 1,024. Up to 10 free blocks of each class
 * are kept. When `capacity` blocks are out it refuses: `allocate` returns undefined and `refused`
 * counts. Giving back what is not out is an error.
 *
 * `allocate` makes a new buffer only when no kept one is large enough, and then its list of blocks
 * may grow; apart from these and call frames nothing allocates. On the board it takes 196 bytes, 8
 * to 10 bytes a block in the list, and the blocks.
 *
 * @devsWhenUsed
 */
export class BlockPool {
    /** First the `free` kept blocks, then the `length` blocks that are out. */
    private blocks: (Buffer | undefined)[]
    private free: number
    /** The blocks handed out now. Read only. */
    length: number
    /** The most blocks it hands out at once. */
    readonly capacity: number
    /** The most blocks ever handed out at once. Read only. */
    highWaterMark: number
    /** How many requests it turned away because too many blocks were out. Read only. */
    refused: number
    /** How many requests it served. Read only. */
    allocated: number
    /** How many of these with a block that had been used before. Read only. */
    reused: number
    /** How many blocks it gave up because enough of their class were kept. Read only. */
    dropped: number

    /**
     * @param capacity The most blocks out at once, 1 to 57,332.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkInteger("capacity", capacity, 1, MAX_BUFFER_BYTES)
        this.blocks = []
        this.free = 0
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
        this.allocated = 0
        this.reused = 0
        this.dropped = 0
    }

    /**
     * Hands out a block of at least so many bytes. Its bytes are what its last user left in it.
     *
     * @param bytes 1 to 56,320.
     * @returns The block, or undefined if too many are out.
     * @throws RangeError or TypeError if the number of bytes is outside its range.
     */
    allocate(bytes: number): Buffer | undefined {
        if (bytes >>> 0 !== bytes || bytes < 1 || bytes > MAX_BLOCK_BYTES)
            failRange("bytes", bytes, 1, MAX_BLOCK_BYTES)
        if (this.length === this.capacity) {
            this.refused++
            return undefined
        }
        const blocks = this.blocks
        const size =
            bytes <= SMALL_BLOCK_BYTES
                ? SMALL_BLOCK_BYTES
                : Math.ceil(bytes / MEDIUM_BLOCK_BYTES) * MEDIUM_BLOCK_BYTES
        this.allocated++
        if (++this.length > this.highWaterMark) this.highWaterMark = this.length
        for (let i = 0; i < this.free; i++) {
            const block = blocks[i] as Buffer
            if (block.length !== size && (size <= MEDIUM_BLOCK_BYTES || block.length < size))
                continue
            this.reused++
            blocks[i] = blocks[--this.free]
            blocks[this.free] = block
            return block
        }
        const block = Buffer.alloc(size)
        blocks[this.free + this.length - 1] = block
        return block
    }

    /**
     * Takes a block back.
     *
     * @throws RangeError if it is not out: given back already, or not from this pool; TypeError if it
     * is nothing.
     */
    release(block: Buffer): void {
        if (!block) throw new TypeError(`block must be a buffer, got ${block}`)
        const blocks = this.blocks
        let sameClass = 0
        for (let i = 0; i < this.free; i++) {
            const kept = blocks[i] as Buffer
            if (kept === block)
                throw new RangeError("block must be handed out, but was given back already")
            if (
                kept.length === block.length ||
                (kept.length > MEDIUM_BLOCK_BYTES && block.length > MEDIUM_BLOCK_BYTES)
            )
                sameClass++
        }
        let at = this.free
        const end = at + this.length
        while (at < end && blocks[at] !== block) at++
        if (at === end)
            throw new RangeError("block must be handed out, but is not out of this pool")
        this.length--
        if (sameClass < KEPT_BLOCKS) {
            blocks[at] = blocks[this.free]
            blocks[this.free++] = block
        } else {
            blocks[at] = blocks[end - 1]
            blocks[end - 1] = undefined
            this.dropped++
        }
    }

    /** How many more blocks it hands out before it refuses. */
    available(): number {
        return this.capacity - this.length
    }

    /** Whether no block is out. */
    isEmpty(): boolean {
        return this.length === 0
    }

    /** Whether as many blocks are out as may be. */
    isFull(): boolean {
        return this.length === this.capacity
    }

    /** The part of all requests that was served with a used block, 0 to 1. */
    reuseRate(): number {
        return this.allocated === 0 ? 0 : this.reused / this.allocated
    }

    /** Gives up the kept blocks: they become garbage. Those handed out stay out. */
    clear(): void {
        const blocks = this.blocks
        for (let i = 0; i < this.free + this.length; i++)
            blocks[i] = i < this.length ? blocks[this.free + i] : undefined
        this.free = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: BlockPoolStats): BlockPoolStats {
        if (!into)
            into = {
                capacity: 0,
                length: 0,
                highWaterMark: 0,
                refused: 0,
                allocated: 0,
                reused: 0,
                dropped: 0,
            }
        into.capacity = this.capacity
        into.length = this.length
        into.highWaterMark = this.highWaterMark
        into.refused = this.refused
        into.allocated = this.allocated
        into.reused = this.reused
        into.dropped = this.dropped
        return into
    }
}
