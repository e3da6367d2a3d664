import { checkInteger, failRange, failType, MAX_BUFFER_BYTES } from "./check"
import { copyStats } from "./stats"

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
    /** The bytes of all blocks handed out, one after another. */
    handedBytes: number
    /** How many of these nobody had asked for: the inner waste of the size classes. */
    wastedBytes: number
}

/**
 * Buffers for passing use, made on demand and used again, in the sizes that you name: blocks of few
 * sizes fill each other's holes, where buffers of any size break the heap up. A request gets a block
 * of the smallest class that holds it. When `capacity` blocks are out it refuses: `allocate` returns
 * undefined and `refused` counts. Giving back what is not out is an error.
 *
 * Every block is kept for the next request of its class until `clear`. `allocate` makes a new buffer
 * only when no kept one is of the class, and then its list of blocks may grow; apart from these and
 * call frames nothing allocates. For one size, of which one is out at a time, a buffer of your own is
 * smaller and faster.
 *
 * @devsWhenUsed
 */
export class BlockPool {
    /** First the `free` kept blocks, then the `length` blocks that are out. */
    private readonly blocks: (Buffer | undefined)[]
    private readonly sizes: readonly number[]
    private free: number
    /** The blocks handed out now. */
    readonly length: number
    /** The most blocks it hands out at once. */
    readonly capacity: number
    /** The most blocks ever handed out at once. */
    readonly highWaterMark: number
    /** How many requests it turned away because too many blocks were out. */
    readonly refused: number
    /** How many requests it served. */
    readonly allocated: number
    /** How many of these with a block that had been used before. */
    readonly reused: number
    /** The bytes of all blocks handed out, one after another. */
    readonly handedBytes: number
    /** How many of these nobody had asked for: the inner waste of the size classes. */
    readonly wastedBytes: number

    /**
     * @param capacity The most blocks out at once, 1 to 57,332.
     * @param sizes The bytes of a block of each class, the smallest first: each 1 to 57,332. The array
     * is kept, not copied.
     * @throws RangeError or TypeError if an argument is outside its range.
     */
    constructor(capacity: number, sizes: readonly number[]) {
        checkInteger("capacity", capacity, 1, MAX_BUFFER_BYTES)
        if (typeof sizes !== "object") failType("sizes", sizes, "an array")
        checkInteger("number of sizes", sizes.length, 1, MAX_BUFFER_BYTES)
        for (let i = 0; i < sizes.length; i++)
            checkInteger(
                "sizes",
                sizes[i] as number,
                i ? (sizes[i - 1] as number) + 1 : 1,
                MAX_BUFFER_BYTES,
            )
        this.blocks = []
        this.sizes = sizes
        this.free = 0
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
        this.allocated = 0
        this.reused = 0
        this.handedBytes = 0
        this.wastedBytes = 0
    }

    /**
     * Hands out a block of at least so many bytes. Its bytes are what its last user left in it.
     *
     * @param bytes 1 to the largest of the sizes.
     * @returns The block, or undefined if too many are out.
     * @throws RangeError or TypeError if the number of bytes is outside its range.
     */
    allocate(bytes: number): Buffer | undefined {
        const sizes = this.sizes
        const blocks = this.blocks
        if (bytes >>> 0 !== bytes) failBytes(sizes, bytes)
        if (bytes === 0) failBytes(sizes, bytes)
        let i = 0
        while ((sizes[i] as number) < bytes) i++
        if (i >= sizes.length) failBytes(sizes, bytes)
        if (this.length === this.capacity) {
            ;(this as BlockPoolStats).refused = this.refused + 1
            return undefined
        }
        const size = sizes[i] as number
        ;(this as BlockPoolStats).allocated = this.allocated + 1
        ;(this as BlockPoolStats).handedBytes = this.handedBytes + size
        ;(this as BlockPoolStats).wastedBytes = this.wastedBytes + size - bytes
        ;(this as BlockPoolStats).length = this.length + 1
        if (this.length > this.highWaterMark) (this as BlockPoolStats).highWaterMark = this.length
        for (i = this.free - 1; i >= 0; i--) {
            const block = blocks[i] as Buffer
            if (block.length !== size) continue
            ;(this as BlockPoolStats).reused = this.reused + 1
            this.free = this.free - 1
            blocks[i] = blocks[this.free]
            blocks[this.free] = block
            return block
        }
        const made = Buffer.alloc(size)
        blocks[this.free + this.length - 1] = made
        return made
    }

    /**
     * Takes a block back.
     *
     * @throws RangeError if it is not out: given back already, or not from this pool; TypeError if it
     * is no buffer.
     */
    release(block: Buffer): void {
        if (typeof block !== "object") failType("block", block, "a buffer")
        const blocks = this.blocks
        const end = this.free + this.length
        let at = this.free
        while (at < end && blocks[at] !== block) at++
        if (at === end) failRelease(blocks, block)
        ;(this as BlockPoolStats).length = this.length - 1
        blocks[at] = blocks[this.free]
        blocks[this.free] = block
        this.free = this.free + 1
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

    /** The part of all bytes handed out that nobody had asked for, 0 to 1: what the sizes cost. */
    innerWaste(): number {
        return this.handedBytes === 0 ? 0 : this.wastedBytes / this.handedBytes
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
        if (into === undefined)
            into = {
                capacity: 0,
                length: 0,
                highWaterMark: 0,
                refused: 0,
                allocated: 0,
                reused: 0,
                handedBytes: 0,
                wastedBytes: 0,
            }
        copyStats(this, into)
        into.allocated = this.allocated
        into.reused = this.reused
        into.handedBytes = this.handedBytes
        into.wastedBytes = this.wastedBytes
        return into
    }
}

function failBytes(sizes: readonly number[], bytes: number): never {
    failRange("bytes", bytes, 1, sizes[sizes.length - 1] as number)
}

function failRelease(blocks: readonly unknown[], block: unknown): never {
    for (const kept of blocks)
        if (kept === block)
            throw new RangeError("block must be handed out, but was given back already")
    throw new RangeError("block must be handed out, but is not out of this pool")
}
