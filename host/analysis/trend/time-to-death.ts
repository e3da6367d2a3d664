import type { TimeToDeath } from "../../model/time-to-death"
import {
    elementsBytes,
    entriesBytes,
    MAX_BLOCK_BYTES,
    nextArrayRoom,
    nextMapRoom,
    textBytes,
} from "../../model/heap/object-sizes"
import { Churn } from "./churn"
import type { GrowingStorage, GrowthPlan } from "../leaks/growth-plan"
import { Copier, recurringCopies, type Copies } from "./copies"
import type { LargeBlocks } from "./large-blocks"
import { ModelHeap, ModelRoom, type HeapPart, type ModelBlock } from "./model-heap"

/** What is known of a program whose heap grows, at one moment. */
export interface GrowingHeap {
    capacityBytes: number
    /** The heap's blocks now, in order of address. */
    parts: readonly HeapPart[]
    nowMs: number
    plans: readonly GrowthPlan[]
    /** All that was allocated in the last `overMs`, and the last blocks in turn. */
    allocated: { bytes: number; overMs: number; blocks: readonly TimedBlock[] }
    /** Large blocks over the whole run: what is copied shows in them. */
    large: Pick<LargeBlocks, "turns" | "stride">
    /** Bytes allocated since the last collection. */
    sinceCollectionBytes: number
    /** Bytes that calls hold while they run, at most. */
    transientBytes: number
}

/** A block that was allocated, and when. */
export interface TimedBlock {
    bytes: number
    atMs: number
}

/** Different ways that the same figures can come about: what is not known takes each of its values. */
const VARIANTS = 9
/** Allocations of one variant, after which it is given up: what dies so late is not foretold. */
const MAX_ALLOCATIONS = 400_000
/** The heap is not known to the word: this share of the time left is added on both sides. */
const MARGIN = 0.05
/** The last holes are filled better than the model fills them: it is late rather than soon. */
const SPARE = 0.08
/** Copies need a hole each, and the holes that small blocks leave are smaller than the model's. */
const SOONER = 0.15
/**
 * What comes and goes gets more by up to this share, as numbers that count up get longer texts: a few per
 * cent decide in which hole a block comes to lie.
 */
const MORE_CHURN = 0.04
/** Bytes that the frames of calls take while something grows: at least, and as far as that is known. */
const MIN_FRAMES_BYTES = 48
const MAX_FRAMES_BYTES = 200
/** Blocks from this size on that are as large as a container's are held to be its own. */
const MIN_STORAGE_BYTES = 400

/**
 * Foretells when what grows finds no room, by letting it go on in a model of the heap with the
 * allocator's own rules: a list's next block has to lie in one piece beside the old one, and garbage
 * takes its place until a collection comes. It is done several times, with what is uncertain varied.
 * @returns undefined when nothing grows, or it would take too long to say
 */
export function timeToDeath(heap: GrowingHeap): TimeToDeath | undefined {
    if (heap.plans.length === 0) return undefined
    const copies = recurringCopies(heaviestOf(heap.plans), heap.large, heap.nowMs)
    const ends: number[] = []
    const room = new ModelRoom()
    for (let variant = 0; variant < VARIANTS; variant++) {
        const left = letGrow(heap, copies, variant, room)
        if (left === undefined) return undefined
        ends.push(left)
    }
    ends.sort((a, b) => a - b)
    const off = MARGIN + heaviestOf(heap.plans).pace.spread
    const pauseMs = longestPause(heap)
    const soonest = ends[0]! * Math.max(0, 1 - off - (copies ? SOONER : 0)) - pauseMs
    return {
        atMs: Math.round(heap.nowMs + ends[VARIANTS >> 1]!),
        fromMs: Math.round(heap.nowMs + Math.max(0, soonest)),
        toMs: Math.round(heap.nowMs + ends.at(-1)! * (1 + off + SPARE) + pauseMs),
    }
}

/**
 * The longest time that nothing was allocated in lately. What grows in bursts dies at one of them, up to so long
 * before or after it would if it grew evenly, as it does in the model.
 */
function longestPause({ allocated: { blocks }, nowMs }: GrowingHeap): number {
    let longest = 0
    for (let i = 1; i < blocks.length; i++)
        longest = Math.max(longest, blocks[i]!.atMs - blocks[i - 1]!.atMs)
    return blocks.length > 0 ? Math.max(longest, nowMs - blocks.at(-1)!.atMs) : 0
}

function heaviestOf(plans: readonly GrowthPlan[]): GrowthPlan {
    return plans.toSorted((a, b) => weightOf(b) - weightOf(a))[0]!
}

/** Live bytes a millisecond, more or less. */
function weightOf({ pace, parts, storages }: GrowthPlan): number {
    return (
        pace.perMs *
        parts.reduce((sum, { count, bytes }) => sum + count * bytes, 8 * storages.length)
    )
}

/** @returns milliseconds until an allocation finds no room */
function letGrow(
    heap: GrowingHeap,
    copies: Copies | undefined,
    variant: number,
    room: ModelRoom,
): number | undefined {
    const model = new ModelHeap(heap.parts, heap.capacityBytes, heap.sinceCollectionBytes, room)
    const growers = heap.plans.map(plan => new Grower(plan, model, heap, variant))
    const copier = copies && new Copier(copies, model)
    const all = copier ? [...growers, copier] : growers
    const blocks = churnBlocks(heap)
    const isOfText = growers.some(({ copies }) => copies > 0)
    const churnPerMs =
        (isOfText ? lateChurn(heap) : churn(heap, all)) *
        (1 + (MORE_CHURN * variant) / (VARIANTS - 1))
    // A call has its frame at least; of a text being made its own copies are told apart from that.
    const most = isOfText ? MAX_FRAMES_BYTES : Infinity
    const heldBytes = Math.max(MIN_FRAMES_BYTES, Math.min(heap.transientBytes, most))
    const transientBytes = (heldBytes * (3 - (variant % 3))) / 3
    const beside = new Churn(model, blocks, churnPerMs, transientBytes)
    let nowMs = 0
    for (let step = 0; step + beside.allocations < MAX_ALLOCATIONS; step++) {
        const next = earliestOf(all)
        const hasRoom = beside.pass(next.nextMs - nowMs)
        nowMs = next.nextMs
        if (!hasRoom) return nowMs
        const fits = next.grow()
        beside.letGo()
        if (!fits) return nowMs
    }
    return undefined
}

function earliestOf(all: readonly (Grower | Copier)[]): Grower | Copier {
    let first = all[0]!
    for (const one of all) if (one.nextMs < first.nextMs) first = one
    return first
}

/** Bytes a millisecond that come and go, beside what the growing things take. */
function churn(
    { allocated: { bytes, overMs } }: GrowingHeap,
    growers: readonly (Grower | Copier)[],
): number {
    const own = growers.reduce((sum, grower) => sum + grower.allocatedIn(overMs), 0)
    return Math.max(0, bytes - own) / overMs
}

/** The same by the last blocks alone: of a text's copies nobody knows how many bytes they were. */
function lateChurn(heap: GrowingHeap): number {
    const { blocks } = heap.allocated
    const overMs = blocks.length > 0 ? blocks.at(-1)!.atMs - blocks[0]!.atMs : 0
    const bytes = churnBlocks(heap).reduce((sum, one) => sum + one, 0)
    return overMs > 0 ? bytes / overMs : 0
}

/** The last blocks without those that containers keep their items in. */
function churnBlocks({ allocated, plans }: GrowingHeap): number[] {
    const largest = Math.max(
        ...plans.flatMap(({ storages }) => storages.flat().map(storageBytes)),
        MIN_STORAGE_BYTES,
    )
    const small = allocated.blocks.map(({ bytes }) => bytes).filter(bytes => bytes < largest / 2)
    return small.length > 0 ? small : [48]
}

function storageBytes({ kind, length, room }: GrowingStorage): number {
    if (kind === "text") return textBytes(length)
    return kind === "array" ? elementsBytes(room) : entriesBytes(room)
}

/** A storage, and its block in the model. */
type Stored = GrowingStorage & { block: ModelBlock | undefined }

/** Over the time looked at, a text was this share of its length now on average. */
const TEXT_WINDOW = 3 / 4

/** How many blocks about as large as a text are made at a time. */
function copiesOf(bytes: number, { blocks }: GrowingHeap["allocated"]): number {
    const times = blocks
        .filter(block => block.bytes > bytes / 2)
        .map(({ atMs }) => Math.floor(atMs))
    return Math.max(1, Math.round(times.length / Math.max(1, new Set(times).size)))
}

/** Bytes of the blocks that a container went through since it had this many items. */
function grownBytes(storage: GrowingStorage, fromLength: number): number {
    const isArray = storage.kind === "array"
    let bytes = 0
    for (let room = 0; room < storage.room;) {
        const next = isArray ? nextArrayRoom(room) : nextMapRoom(room)
        if (room >= fromLength) bytes += isArray ? elementsBytes(next) : entriesBytes(next)
        room = next
    }
    return bytes
}

/** A plan on its way: what it holds in the model, and when its next item comes. */
class Grower {
    nextMs: number
    private readonly intervalMs: number
    private readonly owed: number[]
    private readonly carried: number[]
    private readonly storages: Stored[][]
    /** Characters that a text gets at a time. */
    private readonly step: number = 1
    private turn = 0
    /** How often a text is copied for one change: each step of a sum makes one. */
    readonly copies: number

    constructor(
        private readonly plan: GrowthPlan,
        private readonly heap: ModelHeap,
        { allocated }: Pick<GrowingHeap, "allocated">,
        variant: number,
    ) {
        const { pace, parts, storages } = plan
        this.owed = parts.map(() => (variant % 4) / 4)
        this.carried = parts.map(() => 0)
        this.storages = storages.map(group =>
            group.map(storage => ({ ...storage, block: heap.at(storage.address) })),
        )
        const first = storages[0]?.[0]
        this.copies = first?.kind === "text" ? copiesOf(textBytes(first.length), allocated) : 0
        if (first?.kind === "text") {
            // Every change allocates the whole text so often: so many changes were these bytes.
            const each = textBytes(first.length) * this.copies * TEXT_WINDOW
            const changes = Math.max(1, allocated.bytes / each)
            this.step = Math.max(1, Math.round((pace.perMs * allocated.overMs) / changes))
        }
        this.intervalMs = this.step / pace.perMs
        this.nextMs = this.intervalMs
    }

    /** What of the bytes allocated in the last so many milliseconds it allocated. */
    allocatedIn(overMs: number): number {
        const { pace, parts } = this.plan
        const items = pace.perMs * overMs
        let own = items * parts.reduce((sum, part) => sum + part.count * part.bytes, 0)
        for (const group of this.storages)
            for (const storage of group) {
                const from = storage.length - items / group.length
                if (storage.isCopied)
                    own +=
                        (items / group.length) *
                        storageBytes({ ...storage, room: (from + storage.length) / 2 })
                else own += grownBytes(storage, from)
            }
        return own
    }

    /** One item more. @returns whether there was room for it */
    grow(): boolean {
        this.nextMs += this.intervalMs
        const { plan, heap, owed, carried, storages } = this
        const { parts } = plan
        // Once for each item until its death: loops without iterators and functions of their own.
        for (let i = 0; i < parts.length; i++) {
            const { count, bytes } = parts[i]!
            owed[i]! += count * this.step
            for (; owed[i]! >= 1; owed[i]!--) {
                // Their mean may be no size that a block has: now one size, now the next, make the mean.
                const size = wordsOf(bytes + carried[i]!)
                carried[i]! += bytes - size
                if (heap.allocate(size) === undefined) return false
            }
        }
        this.turn++
        for (const group of storages)
            if (!this.store(group[this.turn % group.length]!)) return false
        return true
    }

    private store(storage: Stored): boolean {
        const { heap } = this
        const { length } = storage
        storage.length += this.step
        if (storage.kind !== "text" && !storage.isCopied && storage.length <= storage.room)
            return true
        let block: ModelBlock | undefined
        for (let copy = 1; copy < this.copies; copy++) {
            // Each step of a sum is a little longer than the one before, which goes only then.
            const part = heap.allocate(textBytes(length + (this.step * copy) / this.copies))
            if (part === undefined) return false
            heap.drop(block)
            block = part
        }
        const bytes = nextBytes(storage)
        const whole = bytes > MAX_BLOCK_BYTES ? undefined : heap.allocate(bytes)
        if (whole === undefined) return false
        heap.drop(block)
        heap.drop(storage.block)
        storage.block = whole
        return true
    }
}

/** As many whole words as there are in so many bytes. */
function wordsOf(bytes: number): number {
    return Math.floor(bytes / 4) * 4
}

/** Grows the room, and tells the bytes of the block that it takes. */
function nextBytes(storage: GrowingStorage): number {
    const { kind, length, isCopied } = storage
    if (kind === "text") return textBytes(length)
    const isArray = kind === "array"
    storage.room = isCopied ? length : isArray ? nextArrayRoom(length - 1) : nextMapRoom(length - 1)
    return isArray ? elementsBytes(storage.room) : entriesBytes(storage.room)
}
