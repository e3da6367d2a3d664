import type { StackFrame } from "../model/figures"

/** A container that grew steadily, as fast at the end of the run as before: a leak. Bytes are exact. */
export interface Leak {
    /**
     * How the program reaches it: `orders`, `station.history`, `tables[].orders` (of every table),
     * `count → seen` (a local that closure `count` keeps), `cache[key].items` (of every entry),
     * `newest.before…` (a list by links), `fiber waiter` (all fibers of that function).
     */
    path: string
    /** What grows: a list, a dictionary, a text, a buffer, fibers, or objects that hold each other. */
    kind: LeakKind
    /** Containers that grew by as many items together with this one, such as a map's keys. */
    alongside: string[]
    /** The time judged, after the warm-up, and what there was at its start and end. */
    fromMs: number
    toMs: number
    /** Elements, entries, characters, bytes of a buffer, fibers or objects. */
    items: { from: number; to: number }
    /** Live bytes of the container and of all that is reached through it. */
    liveBytes: { from: number; to: number }
    liveBytesPerHour: number
    /** The line that made it grow last; unknown without debug information. */
    filledAt?: StackFrame
    /** The lines that allocated what it holds, those with most live bytes first; three at most. */
    heldAt: (StackFrame & { liveBytes: number; blocks: number })[]
}

export type LeakKind = "array" | "map" | "string" | "buffer" | "fibers" | "objects"

/** What an item of each is called, and several. */
const ITEMS: Readonly<Record<LeakKind, readonly [one: string, several: string]>> = {
    array: ["element", "elements"],
    map: ["entry", "entries"],
    string: ["character", "characters"],
    buffer: ["byte", "bytes"],
    fibers: ["fiber", "fibers"],
    objects: ["object", "objects"],
}

/** What so many items of a leak are called. */
export function leakItems(count: number, kind: LeakKind): string {
    return ITEMS[kind][count === 1 ? 0 : 1]
}
