import { blockBytes } from "../../model/heap/object-sizes"
import type { ModelBlock, ModelHeap } from "./model-heap"

/** What passes at a time is made in no more blocks than this. */
const MAX_BLOCKS = 100

/** What comes and goes in the model while something grows. */
export class Churn {
    allocations = 0
    private owedBytes = 0
    private turn = 0
    private readonly held: ModelBlock[] = []
    private readonly sizes: Int32Array
    /** Sizes of what comes and goes at a time. */
    private readonly passing = new Int32Array(MAX_BLOCKS + 1)

    /**
     * @param blocks sizes, in turn
     * @param heldBytes of the last of them: what a call holds goes with it
     */
    constructor(
        private readonly model: ModelHeap,
        private readonly blocks: readonly number[],
        private readonly perMs: number,
        private readonly heldBytes: number,
    ) {
        this.sizes = Int32Array.from(blocks, blockBytes)
    }

    /** Lets so many milliseconds pass. @returns whether there was room for what came */
    pass(ms: number): boolean {
        const { model, blocks, sizes, heldBytes, held, passing } = this
        let { owedBytes, turn } = this
        owedBytes += this.perMs * ms
        const least = owedBytes / MAX_BLOCKS
        const leastSize = blockBytes(least)
        let count = 0
        let heldFrom = 0
        for (; owedBytes > 0; count++) {
            const bytes = blocks[turn]!
            passing[count] = bytes < least ? leastSize : sizes[turn]!
            owedBytes -= bytes < least ? least : bytes
            if (owedBytes >= heldBytes) heldFrom = count + 1
            if (++turn === blocks.length) turn = 0
        }
        this.owedBytes = owedBytes
        this.turn = turn
        this.allocations += count
        if (model.pass(passing, heldFrom) < heldFrom) return false
        for (let i = heldFrom; i < count; i++) {
            const block = model.allocate(passing[i]!)
            if (block === undefined) return false
            held.push(block)
        }
        return true
    }

    /** The call is over, and what it held is garbage. */
    letGo(): void {
        for (const block of this.held) this.model.drop(block)
        this.held.length = 0
    }
}
