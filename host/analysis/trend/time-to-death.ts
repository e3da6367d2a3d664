import {
    elementsBytes,
    entriesBytes,
    MAX_BLOCK_BYTES,
    nextArrayRoom,
    nextMapRoom,
    textBytes,
} from "../../model/heap/object-sizes"
import type { GrowingStorage, GrowthPlan } from "../leaks/growth-plan"
import { ModelHeap, type HeapPart, type ModelBlock } from "./model-heap"

/** What is known of a program whose heap grows, at one moment. */
export interface GrowingHeap {
    capacityBytes: number
    /** The heap's blocks now, in order of address. */
    parts: readonly HeapPart[]
    nowMs: number
    plans: readonly GrowthPlan[]
    /** All that was allocated lately: bytes a millisecond, and bytes of a block on average. */
    allocated: { bytesPerMs: number; blockBytes: number }
    /** Bytes that calls hold while they run, at most. */
    transientBytes: number
}

/** When a program runs out of memory, in simulated milliseconds since its start. */
export interface TimeToDeath {
    atMs: number
    /** It is not expected sooner, nor later. */
    fromMs: number
    toMs: number
}

/** Different ways that the same figures can come about: what is not known takes each of its values. */
const VARIANTS = 9
/** Churn of one step is made in no more blocks than this. */
const MAX_CHURN_BLOCKS = 24
/** Allocations of one variant, after which it is given up: what dies so late is not foretold. */
const MAX_ALLOCATIONS = 400_000
/** The heap is not known to the word: this share of the time left is added on both sides. */
const MARGIN = 0.03
/** What growing a container by one element allocates in the long run: five times the element. */
const GROWTH_BYTES = { array: 5 * 8, map: 5 * 16 } as const

/**
 * Foretells when what grows finds no room, by letting it go on in a model of the heap with the
 * allocator's own rules: a list's next block has to lie in one piece beside the old one, and garbage
 * takes its place until a collection comes. It is done several times, with what is uncertain varied.
 * @returns undefined when nothing grows, or it would take too long to say
 */
export function timeToDeath(heap: GrowingHeap): TimeToDeath | undefined {
    if (heap.plans.length === 0) return undefined
    const ends: number[] = []
    for (let variant = 0; variant < VARIANTS; variant++) {
        const left = letGrow(heap, variant)
        if (left === undefined) return undefined
        ends.push(left)
    }
    ends.sort((a, b) => a - b)
    const heaviest = heap.plans.toSorted((a, b) => weightOf(b) - weightOf(a))[0]!
    const off = MARGIN + heaviest.pace.spread
    return {
        atMs: Math.round(heap.nowMs + ends[VARIANTS >> 1]!),
        fromMs: Math.round(heap.nowMs + ends[0]! * Math.max(0, 1 - off)),
        toMs: Math.round(heap.nowMs + ends.at(-1)! * (1 + off)),
    }
}

/** Live bytes a millisecond, more or less. */
function weightOf({ pace, parts, storages }: GrowthPlan): number {
    return (
        pace.perMs *
        parts.reduce((sum, { count, bytes }) => sum + count * bytes, 8 * storages.length)
    )
}

/** @returns milliseconds until an allocation finds no room */
function letGrow(heap: GrowingHeap, variant: number): number | undefined {
    const model = new ModelHeap(heap.parts, heap.capacityBytes)
    const growers = heap.plans.map(plan => new Grower(plan, model, heap, variant))
    const churnPerMs = Math.max(
        0,
        heap.allocated.bytesPerMs - growers.reduce((sum, { bytesPerMs }) => sum + bytesPerMs, 0),
    )
    // Between a half and one and a half times the average: neither size nor order is known.
    const blockBytes = Math.max(12, heap.allocated.blockBytes * (0.5 + variant / (VARIANTS - 1)))
    const transientBytes = (heap.transientBytes * (variant % 3)) / 2
    let nowMs = 0
    let owed = (variant / VARIANTS) * heap.capacityBytes * (1 / 4)
    for (let step = 0; step < MAX_ALLOCATIONS; step++) {
        const next = growers.reduce((a, b) => (b.nextMs < a.nextMs ? b : a))
        owed += churnPerMs * (next.nextMs - nowMs)
        nowMs = next.nextMs
        const held: (ModelBlock | undefined)[] = []
        const each = Math.max(blockBytes, owed / MAX_CHURN_BLOCKS)
        for (; owed >= each; owed -= each) {
            const block = model.allocate(each)
            if (!block) return nowMs
            // What a call holds goes with it.
            if (held.length * each < transientBytes) held.push(block)
            else model.drop(block)
            step++
        }
        const fits = next.grow()
        for (const block of held) model.drop(block)
        if (!fits) return nowMs
    }
    return undefined
}

/** A plan on its way: what it holds in the model, and when its next item comes. */
class Grower {
    nextMs: number
    /** What it allocates by itself. */
    readonly bytesPerMs: number
    private readonly intervalMs: number
    private readonly owed: number[]
    private readonly storages: (GrowingStorage & { block: ModelBlock | undefined })[][]
    /** Characters that a text gets at a time. */
    private readonly step: number = 1
    private turn = 0

    constructor(
        private readonly plan: GrowthPlan,
        private readonly heap: ModelHeap,
        { allocated }: Pick<GrowingHeap, "allocated">,
        variant: number,
    ) {
        const { pace, parts, storages } = plan
        this.owed = parts.map(() => (variant % 4) / 4)
        this.storages = storages.map(group =>
            group.map(storage => ({ ...storage, block: heap.at(storage.address) })),
        )
        const first = storages[0]?.[0]
        const each = parts.reduce((sum, { count, bytes }) => sum + count * bytes, 0)
        const own = first === undefined || first.kind === "text" ? 0 : GROWTH_BYTES[first.kind]
        const copied = first?.isCopied ? elementsBytes(first.length) : own * storages.length
        this.bytesPerMs = pace.perMs * (each + copied)
        if (first?.kind === "text") {
            // Every change allocates the whole text: so many changes were these bytes.
            const changesPerMs = allocated.bytesPerMs / textBytes(first.length)
            const factor = [1, 1, 2, 0.5][variant % 4]!
            this.step = Math.max(1, Math.round((pace.perMs / changesPerMs) * factor))
            this.bytesPerMs = allocated.bytesPerMs
        }
        this.intervalMs = this.step / pace.perMs
        this.nextMs = this.intervalMs
    }

    /** One item more. @returns whether there was room for it */
    grow(): boolean {
        this.nextMs += this.intervalMs
        const { plan, heap, owed, storages } = this
        for (const [i, { count, bytes }] of plan.parts.entries()) {
            owed[i]! += count * this.step
            for (; owed[i]! >= 1; owed[i]!--) if (!heap.allocate(bytes)) return false
        }
        this.turn++
        return storages.every(group => this.store(group[this.turn % group.length]!))
    }

    private store(storage: GrowingStorage & { block: ModelBlock | undefined }): boolean {
        const { heap } = this
        storage.length += this.step
        if (storage.kind !== "text" && !storage.isCopied && storage.length <= storage.room)
            return true
        const bytes = nextBytes(storage)
        const block = bytes > MAX_BLOCK_BYTES ? undefined : heap.allocate(bytes)
        if (!block) return false
        heap.drop(storage.block)
        storage.block = block
        return true
    }
}

/** Grows the room, and tells the bytes of the block that it takes. */
function nextBytes(storage: GrowingStorage): number {
    const { kind, length, isCopied } = storage
    if (kind === "text") return textBytes(length)
    const isArray = kind === "array"
    storage.room = isCopied ? length : isArray ? nextArrayRoom(length - 1) : nextMapRoom(length - 1)
    return isArray ? elementsBytes(storage.room) : entriesBytes(storage.room)
}
