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
    /** Of an interner and of a cache: how often it was asked, and how often it had the answer. */
    asked: number
    hits: number
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
    const hits = number("hits") ?? 0
    const asked = number("total") ?? hits + (number("misses") ?? 0)
    const refused = number("refused") ?? 0
    return { capacity, length, highWaterMark, refused, asked, hits }
}
