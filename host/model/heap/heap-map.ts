import type { HeapMapEvent, MapBlock } from "../events"
import type { HeapBlock } from "./block"

/** A block takes a word at least, and no heap more than 64 KiB. */
const MAX_BLOCKS = 1 << 14

/** Tells how the heap's blocks change, for the events of a source. */
export class HeapMapDiffer {
    private before: PlacedBlock[] = []

    /**
     * What has changed since the last call; the whole map at the first.
     * @param blocks every block, in order of address
     */
    diff(atMs: number, blocks: readonly HeapBlock[]): HeapMapEvent {
        const heapStart = blocks[0]?.address ?? 0
        const now = blocks.map(({ address, bytes, type, live }) => ({
            start: address - heapStart,
            block: { bytes, type, live: live === true },
        }))
        const { before } = this
        this.before = now
        const capacityBytes = endOf(now)
        const whole = endOf(before) !== capacityBytes
        return {
            ...{ kind: "heap-map", atMs, capacityBytes, whole },
            changes: whole
                ? [{ start: 0, blocks: now.map(({ block }) => block) }]
                : changes(before, now),
        }
    }
}

/** Puts a map together again from its events. */
export class HeapMap {
    /** In order of address, which counts from the heap's first block. */
    blocks: HeapBlock[] = []
    capacityBytes = 0

    /** Takes an event. One that does not fit what came before is left out, up to the next whole map. */
    add({ capacityBytes, whole, changes }: HeapMapEvent): void {
        if (!whole && capacityBytes !== this.capacityBytes) return
        this.capacityBytes = capacityBytes
        if (whole) this.blocks = []
        const { blocks } = this
        const result: HeapBlock[] = []
        let next = 0
        for (const { start, blocks: changed } of changes) {
            while (next < blocks.length && blocks[next]!.address < start)
                result.push(blocks[next++]!)
            let address = start
            for (const { bytes, type, live } of changed) {
                result.push({ address, bytes, type, pinned: false, live: type !== "free" && live })
                address += bytes
            }
            while (next < blocks.length && blocks[next]!.address < address) next++
        }
        while (next < blocks.length) result.push(blocks[next++]!)
        // A file may claim anything: no heap has more.
        this.blocks = result.length <= MAX_BLOCKS ? result : []
    }
}

interface PlacedBlock {
    start: number
    block: MapBlock
}

function endOf(blocks: readonly PlacedBlock[]): number {
    const last = blocks.at(-1)
    return last ? last.start + last.block.bytes : 0
}

/** The runs of new blocks between those that are as they were. */
function changes(
    before: readonly PlacedBlock[],
    now: readonly PlacedBlock[],
): HeapMapEvent["changes"] {
    const result: HeapMapEvent["changes"] = []
    let old = 0
    let isOpen = false
    for (const { start, block } of now) {
        while (old < before.length && before[old]!.start < start) old++
        const was = before[old]
        if (was && was.start === start && isSame(was.block, block)) isOpen = false
        else {
            if (!isOpen) result.push({ start, blocks: [] })
            isOpen = true
            result.at(-1)!.blocks.push(block)
        }
    }
    return result
}

function isSame(a: MapBlock, b: MapBlock): boolean {
    return a.bytes === b.bytes && a.type === b.type && a.live === b.live
}
