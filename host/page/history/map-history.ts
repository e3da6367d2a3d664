import { lastAtMost } from "../../model/last-at-most"
import type { HeapMapEvent, MapBlock } from "../../model/events"
import { BLOCK_TYPES, type HeapBlock } from "../../model/heap/block"
import { HeapMap } from "../../model/heap/heap-map"

/** Words kept of all differences, 4 bytes each: some 16 MB. The oldest go first. */
const MAX_WORDS = 4_000_000
/** So many differences stand between two whole maps. */
const KEY_EVERY = 64

/** A difference of the heap's map, packed: a block a word. */
interface Frame {
    atMs: number
    capacityBytes: number
    whole: boolean
    /** A change each: where it starts, how many blocks, and these. */
    words: Uint32Array
}

/** The heap by address at any moment that was told of, in bounded memory. */
export class MapHistory {
    /** As it is now. */
    readonly now = new HeapMap()
    private frames: Frame[] = []
    private words = 0
    private sinceKey = 0
    /** The map that was asked for last: the next one is mostly near. */
    private shown: { index: number; map: HeapMap } | undefined

    /** @param capacity words that are kept */
    constructor(private readonly capacity = MAX_WORDS) {}

    add(event: HeapMapEvent): void {
        this.now.add(event)
        const isKey = event.whole || this.sinceKey >= KEY_EVERY
        this.sinceKey = isKey ? 0 : this.sinceKey + 1
        const frame = pack(isKey && !event.whole ? wholeOf(event, this.now.blocks) : event)
        this.frames.push(frame)
        this.words += frame.words.length
        if (this.words > this.capacity) this.forget()
    }

    clear(): void {
        this.frames = []
        this.words = 0
        this.shown = undefined
        this.now.blocks = []
    }

    /** When the first map that is still known was told. */
    get fromMs(): number | undefined {
        return this.frames[0]?.atMs
    }

    /** @returns every block as it was then, in order of address; none before the first map */
    at(ms: number): HeapBlock[] {
        const index = this.indexAt(ms)
        return index < 0 ? [] : this.mapOf(index).blocks
    }

    /**
     * Since when a block has been what it is. Read from the differences alone: a block that they do not
     * mention is as it was.
     * @returns milliseconds of the source; undefined when it was there in the first map that is known
     */
    since(ms: number, block: HeapBlock): number | undefined {
        let born: number | undefined
        for (let index = this.indexAt(ms); index >= 0; index--) {
            const { atMs, words } = this.frames[index]!
            const mention = mentionOf(words, block)
            if (mention === "another") return born
            if (mention === "the same") born = atMs
        }
        return undefined
    }

    /**
     * What is known of it, as it was told, a whole map first.
     * @param words at the most so many blocks and changes; the oldest are left out
     */
    events(words: number): HeapMapEvent[] {
        let from = this.frames.length
        let sum = 0
        for (let at = from - 1; at >= 0; at--) {
            sum += this.frames[at]!.words.length
            if (sum > words) break
            if (this.frames[at]!.whole) from = at
        }
        return this.frames.slice(from).map(unpack)
    }

    private indexAt(ms: number): number {
        return lastAtMost(this.frames, ms, ({ atMs }) => atMs)
    }

    private mapOf(index: number): HeapMap {
        let key = index
        while (key > 0 && !this.frames[key]!.whole) key--
        let { shown } = this
        if (!shown || shown.index > index || shown.index < key)
            shown = { index: key - 1, map: new HeapMap() }
        for (let next = shown.index + 1; next <= index; next++)
            shown.map.add(unpack(this.frames[next]!))
        this.shown = { index, map: shown.map }
        return shown.map
    }

    /** Lets go of what is before the second whole map. */
    private forget(): void {
        const next = this.frames.findIndex(({ whole }, index) => index > 0 && whole)
        if (next < 0) return
        for (const { words } of this.frames.splice(0, next)) this.words -= words.length
        this.shown = undefined
    }
}

/** What a difference says of the place where a block begins. */
function mentionOf(
    words: Uint32Array,
    { address, bytes, type }: HeapBlock,
): "the same" | "another" | undefined {
    for (let at = 0; at < words.length;) {
        let start = words[at++]!
        const end = words[at++]! + at
        for (; at < end; at++) {
            const word = words[at]!
            const next = start + (word >>> 5)
            if (address < next) {
                if (address < start) break
                const isSame =
                    start === address &&
                    word >>> 5 === bytes &&
                    BLOCK_TYPES[(word >> 1) & 15] === type
                return isSame ? "the same" : "another"
            }
            start = next
        }
        at = end
    }
    return undefined
}

function wholeOf(event: HeapMapEvent, blocks: readonly HeapBlock[]): HeapMapEvent {
    const told = blocks.map(({ bytes, type, live }) => ({ bytes, type, live: live === true }))
    return { ...event, whole: true, changes: [{ start: 0, blocks: told }] }
}

function pack({ atMs, capacityBytes, whole, changes }: HeapMapEvent): Frame {
    const size = changes.reduce((sum, { blocks }) => sum + 2 + blocks.length, 0)
    const words = new Uint32Array(size)
    let at = 0
    for (const { start, blocks } of changes) {
        words[at++] = start
        words[at++] = blocks.length
        for (const { bytes, type, live } of blocks)
            words[at++] = (bytes << 5) | (BLOCK_TYPES.indexOf(type) << 1) | (live ? 1 : 0)
    }
    return { atMs, capacityBytes, whole, words }
}

function unpack({ words, ...frame }: Frame): HeapMapEvent {
    const changes: HeapMapEvent["changes"] = []
    for (let at = 0; at < words.length;) {
        const start = words[at++]!
        const end = words[at++]! + at
        const blocks: MapBlock[] = []
        for (; at < end; at++) {
            const word = words[at]!
            const type = BLOCK_TYPES[(word >> 1) & 15]!
            blocks.push({ bytes: word >>> 5, type, live: (word & 1) === 1 })
        }
        changes.push({ start, blocks })
    }
    return { kind: "heap-map", ...frame, changes }
}
