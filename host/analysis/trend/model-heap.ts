import { collectionThreshold } from "../../model/heap/heap-memory"
import { blockBytes } from "../../model/heap/object-sizes"
import { lastAtMost } from "../../model/last-at-most"

/** A block of the model, by its number: it is another's once a collection has freed it. */
export type ModelBlock = number

/** What of a real heap the model begins with, in order of address. */
export interface HeapPart {
    address: number
    bytes: number
    live: boolean
    /** An allocation can take it before the next collection. */
    isFree: boolean
}

/** What is left of a hole makes a block of its own from this size on; less is given along. */
const MIN_REST_BYTES = 12
const MIN_BLOCK_BYTES = 8
/** Nearly all blocks are smaller. */
const SMALL_WORDS = 256
const FREE = 0
const LIVE = 1
const GARBAGE = 2
const STATES = ["free", "live", "garbage"] as const
/** After the last block. */
const NONE = -1
/** More bytes than any block has. */
const ENDLESS = 0x3fffffff

/** Memory for one model after the other: to get it anew for each takes as long as a good part of it. */
export class ModelRoom {
    bytes = new Int32Array(0)
    states = new Uint8Array(0)
    nexts = new Int32Array(0)
    holes = new Int32Array(0)
    rooms = new Int32Array(0)

    /** Makes it large enough. What is in it, a model does not read. */
    hold(blocks: number): this {
        if (this.bytes.length >= blocks) return this
        this.bytes = new Int32Array(blocks)
        this.states = new Uint8Array(blocks)
        this.nexts = new Int32Array(blocks)
        this.holes = new Int32Array(blocks)
        this.rooms = new Int32Array(blocks + 1)
        return this
    }
}

/** A block as it is. */
export interface ModelPart {
    block: ModelBlock
    bytes: number
    state: (typeof STATES)[number]
}

/**
 * A heap that allocates as the VM's does, without its contents: first fit from low addresses, a
 * collection after a quarter of the heap was allocated or when nothing fits, garbage that takes its
 * place until then. It tells when a program that goes on as it did finds no room.
 *
 * To foretell one death it allocates a hundred thousand times: blocks are numbers, and what is known of
 * them stands in arrays by that number, with room for as many blocks as there can ever be.
 */
export class ModelHeap {
    collections = 0
    /** Bytes of the holes that were left behind what was allocated: the VM fills them each time. */
    filledBytes = 0
    private readonly thresholdBytes: number
    private readonly bytes: Int32Array
    private readonly states: Uint8Array
    /** By block: the one after it in order of address. */
    private readonly nexts: Int32Array
    /** Numbers from here on are no block's yet. */
    private count: number
    /** Numbers of blocks that have become part of the one before them. */
    private readonly unused: number[] = []
    /** Free blocks in order of address, as the last collection left them but for live ones before them. */
    private readonly holes: Int32Array
    private holeCount = 0
    /** By hole: bytes free at its end, after garbage; then one hole that has room for all. */
    private readonly rooms: Int32Array
    /**
     * By size in words, of small blocks: which hole is the first that may have room. Until a collection,
     * holes only get smaller.
     */
    private readonly firstHoles = new Uint32Array(SMALL_WORDS)

    /**
     * @param sinceCollection bytes allocated since the real heap was collected last
     * @param room of a model that nobody asks anything any more
     */
    constructor(
        private readonly parts: readonly HeapPart[],
        capacityBytes: number,
        private sinceCollection = 0,
        room = new ModelRoom(),
    ) {
        this.thresholdBytes = collectionThreshold(capacityBytes)
        this.count = parts.length
        const all = parts.reduce((sum, { bytes }) => sum + bytes, 0)
        const most = parts.length + Math.floor(all / MIN_BLOCK_BYTES)
        const { bytes: sizes, states, nexts, holes, rooms } = room.hold(most)
        this.bytes = sizes
        this.states = states
        this.nexts = nexts
        this.holes = holes
        this.rooms = rooms
        for (const [block, { bytes, live, isFree }] of parts.entries()) {
            this.bytes[block] = bytes
            this.states[block] = isFree ? FREE : live ? LIVE : GARBAGE
            this.nexts[block] = block + 1 < parts.length ? block + 1 : NONE
            if (isFree) this.addHole(block)
        }
        this.closeHoles()
    }

    /** The live block at an address of the real heap, of those that the model began with. */
    at(address: number): ModelBlock | undefined {
        const block = lastAtMost(this.parts, address, part => part.address)
        const part = this.parts[block]
        return part?.address === address && part.live && !part.isFree ? block : undefined
    }

    /** @returns the block, undefined when there is no hole for it even after a collection */
    allocate(bytes: number): ModelBlock | undefined {
        if (this.sinceCollection > this.thresholdBytes) this.collect()
        const size = blockBytes(bytes)
        this.sinceCollection += size
        let at = this.firstHole(size)
        if (this.rooms[at] === ENDLESS) {
            this.collect()
            at = this.firstHole(size)
        }
        return this.rooms[at] === ENDLESS ? undefined : this.take(at, size)
    }

    /**
     * Allocates blocks that are dropped at once, one after the other.
     * @param sizes as blocks have them
     * @returns how many of the first `count` there was room for
     */
    pass(sizes: Int32Array, count: number): number {
        for (let done = this.passOn(sizes, 0, count); done < count;) {
            const isDue = this.sinceCollection > this.thresholdBytes
            this.collect()
            // What made one necessary is not counted again.
            if (!isDue) this.sinceCollection = -sizes[done]!
            const next = this.passOn(sizes, done, count)
            if (next === done && !isDue) return done
            done = next
        }
        return count
    }

    /**
     * The same until a collection is due: nearly all that a program allocates goes like this. To be optimized
     * soon it has no calls and no branch that it seldom takes.
     */
    private passOn(sizes: Int32Array, from: number, count: number): number {
        const { firstHoles, thresholdBytes, rooms } = this
        let { sinceCollection, filledBytes } = this
        let i = from
        for (; i < count && sinceCollection <= thresholdBytes; i++) {
            const size = sizes[i]!
            const words = size >>> 2
            let at = words < SMALL_WORDS ? firstHoles[words]! : 0
            while (rooms[at]! < size) at++
            if (rooms[at] === ENDLESS) break
            if (words < SMALL_WORDS) firstHoles[words] = at
            sinceCollection += size
            const rest = rooms[at]! - size
            rooms[at] = rest < MIN_REST_BYTES ? 0 : rest
            filledBytes += rooms[at]!
        }
        this.sinceCollection = sinceCollection
        this.filledBytes = filledBytes
        return i
    }

    /** Nothing holds the block any more: a collection will free it. */
    drop(block: ModelBlock | undefined): void {
        if (block !== undefined) this.states[block] = GARBAGE
    }

    /** All blocks in order of address. */
    *blocks(): Generator<{ bytes: number; live: boolean }> {
        for (const { bytes, state } of this.all()) yield { bytes, live: state === "live" }
    }

    /** All blocks in order of address, each with what it is. */
    *all(): Generator<ModelPart> {
        const rooms = new Map<ModelBlock, number>()
        for (let at = 0; at < this.holeCount; at++) rooms.set(this.holes[at]!, this.rooms[at]!)
        for (let block = this.first; block !== NONE; block = this.nexts[block]!) {
            const bytes = this.bytes[block]!
            const state = STATES[this.states[block]!]!
            const room = state === "free" ? rooms.get(block)! : bytes
            if (room < bytes) yield { block, bytes: bytes - room, state: "garbage" }
            if (room > 0) yield { block, bytes: room, state }
        }
    }

    private get first(): ModelBlock {
        return this.count > 0 ? 0 : NONE
    }

    /** The first hole that has room, by its index: the endless one when none has. */
    private firstHole(size: number): number {
        const { rooms, firstHoles } = this
        const words = size >>> 2
        const isSmall = words < SMALL_WORDS
        let at = isSmall ? firstHoles[words]! : 0
        while (rooms[at]! < size) at++
        if (isSmall) firstHoles[words] = at
        return at
    }

    /** Makes a live block where the room of a hole begins. */
    private take(at: number, size: number): ModelBlock {
        const { holes, rooms, bytes, states } = this
        let block = holes[at]!
        const room = rooms[at]!
        const garbage = bytes[block]! - room
        if (garbage > 0) {
            bytes[block] = garbage
            states[block] = GARBAGE
            block = this.add(room, block)
        }
        states[block] = LIVE
        const rest = room - size
        if (rest < MIN_REST_BYTES) rooms[at] = 0
        else {
            bytes[block] = size
            rooms[at] = rest
            holes[at] = this.add(rest, block)
            this.filledBytes += rest
        }
        return block
    }

    /** A free block right after another. */
    private add(bytes: number, after: ModelBlock): ModelBlock {
        const block = this.unused.pop() ?? this.count++
        this.bytes[block] = bytes
        this.states[block] = FREE
        this.nexts[block] = this.nexts[after]!
        this.nexts[after] = block
        return block
    }

    /** Frees what nothing holds any more, and makes one hole of neighbours. */
    collect(): void {
        const { states, nexts, bytes, unused } = this
        this.sinceCollection = 0
        this.collections++
        this.holeCount = 0
        for (let block = this.first; block !== NONE; block = nexts[block]!) {
            if (states[block] === LIVE) continue
            states[block] = FREE
            let next = nexts[block]!
            for (; next !== NONE && states[next] !== LIVE; next = nexts[next]!) {
                bytes[block]! += bytes[next]!
                unused.push(next)
            }
            nexts[block] = next
            this.addHole(block)
        }
        this.closeHoles()
    }

    private addHole(block: ModelBlock): void {
        const at = this.holeCount++
        this.holes[at] = block
        this.rooms[at] = this.bytes[block]!
    }

    /** All holes are known. */
    private closeHoles(): void {
        this.rooms[this.holeCount] = ENDLESS
        this.firstHoles.fill(0)
    }
}
