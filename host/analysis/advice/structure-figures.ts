import type { GraphNode } from "../../model/graph/graph"

/** The library's structures of a size that is given when they are made. */
const NAMES: readonly string[] = [
    ...["RingBuffer", "OverwritingRingBuffer", "RecordRing", "OverwritingRecordRing"],
    ...["FixedMap", "FixedVector", "ResultCache", "Interner", "ObjectPool"],
    ...["StringBuilder", "Arena", "BitSet", "BlockPool"],
]

/** What a structure tells of itself: elements, but for bytes of a text or of an arena. */
export interface StructureFigures {
    capacity: number
    length: number
    highWaterMark: number
    /** How often it had no room. */
    refused: number
    /** How often an interner, a cache, a pool was asked, and how often it had what was asked for already. */
    asked: number
    hits: number
    /** Of an interner: bytes of the texts that it knew. */
    savedBytes: number
    /** Of a pool of blocks: bytes of all handed out, and those of them that nobody had asked for. */
    handedBytes: number
    wastedBytes: number
}

/** Whether a class is one of them, by its name. */
export function isStructure(className: string): boolean {
    return NAMES.includes(className)
}

/** What an object of the library says of itself; undefined of any other, whatever its name is. */
export function structureFigures(node: GraphNode): StructureFigures | undefined {
    const { className = "", scalars = [], type } = node
    if (type !== "map" || !NAMES.includes(className)) return undefined
    const figures = new Map(scalars.map(({ name, value }) => [name, value]))
    const number = (name: string) => {
        const value = figures.get(name)
        return typeof value === "number" ? value : undefined
    }
    const [capacity, length] = [number("capacity"), number("length")]
    const highWaterMark = number("highWaterMark")
    if (capacity === undefined || length === undefined || highWaterMark === undefined)
        return undefined
    const acquired = number("acquired")
    const hits = number("hits") ?? number("reused") ?? Math.max(0, (acquired ?? 0) - highWaterMark)
    const asked =
        number("total") ?? acquired ?? number("allocated") ?? hits + (number("misses") ?? 0)
    return {
        ...{ capacity, length, highWaterMark, asked, hits },
        refused: number("refused") ?? 0,
        savedBytes: number("savedBytes") ?? 0,
        handedBytes: number("handedBytes") ?? 0,
        wastedBytes: number("wastedBytes") ?? 0,
    }
}
