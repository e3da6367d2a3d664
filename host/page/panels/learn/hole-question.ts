import { ModelHeap, type ModelBlock } from "../../../analysis/trend/model-heap"
import { formatBytesExact } from "../../../base/format-units"
import { SeededRandom } from "../../../base/seeded-random"
import { blockBytes } from "../../../model/heap/object-sizes"

/** Sizes of what is asked for, in bytes; what is asked about is of the same kind. */
const SMALLEST = 12
const LARGEST = 120

/** A heap with holes, and a request: which hole takes it? */
export interface HoleQuestion {
    heap: ModelHeap
    /** What is asked for; its block has a header more. */
    bytes: number
}

/** @param seed each has a question of its own */
export function askForHole(capacityBytes: number, seed: number): HoleQuestion {
    const random = new SeededRandom(seed)
    const upTo = (most: number) => Math.floor(random.fraction() * most)
    const heap = new ModelHeap(
        [{ address: 0, bytes: capacityBytes, live: false, isFree: true }],
        capacityBytes,
    )
    const blocks: (ModelBlock | undefined)[] = []
    for (let left = capacityBytes; left > 2 * LARGEST;) {
        const bytes = SMALLEST + 4 * upTo((LARGEST - SMALLEST) / 4)
        blocks.push(heap.allocate(bytes))
        left -= blockBytes(bytes)
    }
    for (const block of blocks) if (upTo(5) < 2) heap.drop(block)
    heap.collect()
    const holes = [...heap.all()].filter(({ state }) => state === "free")
    // What fits the smallest hole fits all, and the largest only one: that would be no question.
    const sizes = holes.map(({ bytes }) => bytes)
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
    const between = sizes.filter(bytes => bytes > least && bytes < most)
    const bytes = between[upTo(between.length)] ?? most
    return { heap, bytes: Math.max(SMALLEST, bytes - 4 - 4 * upTo(3)) }
}

/** Places it. @returns whether it is as somebody has guessed, and why */
export function answerHole(
    { heap, bytes }: HoleQuestion,
    guessed: ModelBlock,
): { block: ModelBlock | undefined; text: string } {
    const size = blockBytes(bytes)
    const before = [...heap.all()]
    const block = heap.allocate(bytes)
    const chosen = before.find(part => part.block === guessed)!
    const says = `the first hole from the left with ${formatBytesExact(size)} or more takes it`
    if (block === guessed) return { block, text: `Right: ${says}.` }
    const why =
        chosen.bytes < size
            ? `Yours has ${formatBytesExact(chosen.bytes)} only`
            : "One before yours has room, and the VM does not look for the best"
    return { block, text: `No. ${why}: ${says}.` }
}
