import {
    arrayRooms,
    blockBytes,
    elementsBytes,
    entriesBytes,
    entryRooms,
    MAX_BLOCK_BYTES,
} from "../../model/heap/object-sizes"
import type { GrowthPlan } from "../leaks/growth-plan"
import type { LargeBlocks, LargeTurn } from "./large-blocks"
import type { ModelBlock, ModelHeap } from "./model-heap"

/** Copies of a container, or what is worked out from all of it, made again and again: larger each time. */
export interface Copies {
    /** Simulated milliseconds from one time to the next. */
    everyMs: number
    /** Items of the container now. */
    length: number
    /** Items a simulated millisecond. */
    perMs: number
    /** What the last times allocated, and how many items there were then. */
    times: { length: number; blocks: readonly number[] }[]
    /** Bytes that one time allocates for each of the items, on average. */
    itemBytes: number
    /** Simulated milliseconds until the next time. */
    inMs: number
}

/** The part of a run that is looked at. */
const LATELY = 1 / 4
/** Blocks smaller than this share of a container with 8 B an item are not made of all of it. */
const LEAST_SHARE = 1 / 4
const ITEM_BYTES = 8
/** Of different copies, those that take at least this share of the largest. */
const LARGEST = 0.6
const MIN_TIMES = 3
/** Sizes that follow the items are this much nearer to them than to no change at all. */
const NEARER = 1 / 2
/** Times that are done again in turn: they differ. */
const LAST_TIMES = 3
/** Copies that one time has in hand at its end, at most. */
const IN_HAND = 2
/** What grows on is larger by no more than this. */
const NEXT_ROOM = 1.3
/** And the next room by no less. */
const ROOM = 1.2

/** What is made of a growing container again and again, if anything is: told by sizes that grow with it. */
export function recurringCopies(
    plan: GrowthPlan,
    { turns, stride }: Pick<LargeBlocks, "turns" | "stride">,
    nowMs: number,
): Copies | undefined {
    const group = plan.storages[0]
    if (!group || group.some(({ kind }) => kind === "text")) return undefined
    const length = group.reduce((sum, storage) => sum + storage.length, 0)
    const { perMs } = plan.pace
    const lengthAt = (atMs: number) => Math.max(1, length - perMs * (nowMs - atMs))
    const late = withoutOwn(
        plan,
        turns.filter(({ atMs }) => atMs >= nowMs * LATELY),
    )
    const times = late.flatMap(({ atMs, blocks }) => {
        const least = LEAST_SHARE * ITEM_BYTES * lengthAt(atMs)
        const large = blocks.filter(bytes => bytes >= least)
        if (large.length === 0) return []
        return [{ atMs, length: lengthAt(atMs), blocks: large, most: Math.max(...large) }]
    })
    const shareOf = (time: { most: number; length: number }) => time.most / time.length
    const largest = Math.max(0, ...times.map(shareOf))
    const alike = times.filter(time => shareOf(time) >= LARGEST * largest)
    if (alike.length < MIN_TIMES || isOneGrowing(alike)) return undefined
    const offItems = variance(alike.map(time => Math.log(shareOf(time))))
    const offNone = variance(alike.map(({ most }) => Math.log(most)))
    if (offItems >= offNone * NEARER) return undefined
    const last = alike.at(-1)!
    const everyMs = (last.atMs - alike[0]!.atMs) / (alike.length - 1) / stride
    const each = alike.map(({ blocks, length }) => total(blocks) / length)
    return {
        ...{ everyMs, length, perMs, times: alike.slice(-LAST_TIMES) },
        itemBytes: total(each) / each.length,
        inMs: everyMs - ((nowMs - last.atMs) % everyMs),
    }
}

/** A block a time, each the next room of the one before: another container that grows. */
function isOneGrowing(times: readonly { most: number; blocks: readonly number[] }[]): boolean {
    return times.every(({ most, blocks }, i) => {
        const before = times[i - 1]?.most
        return blocks.length === 1 && (i === 0 || (growsOn(before, most) && most > before! * ROOM))
    })
}

/** Without what the container itself went through as it grew: each room once. */
function withoutOwn({ storages }: GrowthPlan, turns: readonly LargeTurn[]): LargeTurn[] {
    const own = new Map<number, number>()
    for (const { kind, room } of storages.flat()) {
        const isArray = kind === "array"
        for (const one of isArray ? arrayRooms(room) : entryRooms(room)) {
            const bytes = isArray ? elementsBytes(one) : entriesBytes(one)
            own.set(bytes, (own.get(bytes) ?? 0) + 1)
        }
    }
    return turns.map(({ atMs, blocks }) => ({
        atMs,
        blocks: blocks.filter(bytes => {
            const left = own.get(bytes) ?? 0
            if (left > 0) own.set(bytes, left - 1)
            return left === 0
        }),
    }))
}

/** Copies on their way: what the next time allocates, in a model of the heap. */
export class Copier {
    nextMs: number
    private turn = 0

    constructor(
        private readonly copies: Copies,
        private readonly heap: ModelHeap,
    ) {
        this.nextMs = copies.inMs
    }

    /** What of the bytes allocated in the last so many milliseconds it allocated. */
    allocatedIn(overMs: number): number {
        const { everyMs, itemBytes, length, perMs } = this.copies
        return (overMs / everyMs) * itemBytes * (length - (perMs * overMs) / 2)
    }

    /** Once more. @returns whether there was room for it */
    grow(): boolean {
        const { copies, heap } = this
        const { times, length, perMs, everyMs } = copies
        const time = times[this.turn++ % times.length]!
        const more = (length + perMs * this.nextMs) / time.length
        this.nextMs += everyMs
        const held: (ModelBlock | undefined)[] = []
        for (const [i, bytes] of time.blocks.entries()) {
            const size = scaled(time.blocks, i, more)
            const block = size > MAX_BLOCK_BYTES ? undefined : heap.allocate(size)
            if (block === undefined) return false
            // What grows on is there until the larger one has taken its place.
            if (growsOn(time.blocks[i - 1], bytes)) heap.drop(held.pop())
            held.push(block)
            if (held.length > IN_HAND + 1) heap.drop(held.shift())
        }
        for (const block of held) heap.drop(block)
        return true
    }
}

/** A block that was so large when there were fewer items. */
function scaled(blocks: readonly number[], at: number, more: number): number {
    const bytes = blocks[at]!
    const room = (bytes - 4) / ITEM_BYTES
    const before = blocks[at - 1]
    // A list that is filled one by one goes from room to room: the last one is filled in part.
    if (before === undefined || !isRoom(room) || !isRoom((before - 4) / ITEM_BYTES))
        return blockBytes(bytes * more)
    const isLast = !growsOn(bytes, blocks[at + 1])
    const count = isLast ? (room + (before - 4) / ITEM_BYTES) / 2 : room
    return elementsBytes(arrayRooms(Math.round(count * more)).at(-1) ?? 0)
}

function isRoom(room: number): boolean {
    return arrayRooms(Math.floor(room)).at(-1) === room
}

function growsOn(before: number | undefined, bytes: number | undefined): boolean {
    return (
        before !== undefined && bytes !== undefined && bytes > before && bytes <= before * NEXT_ROOM
    )
}

function total(blocks: readonly number[]): number {
    return blocks.reduce((sum, bytes) => sum + bytes, 0)
}

function variance(values: readonly number[]): number {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
