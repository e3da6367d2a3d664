import type { ModelBlock, ModelHeap } from "./model-heap"

/** What passes at a time is made in no more blocks than this. */
const MAX_BLOCKS = 100

/** What comes and goes in the model while something grows. */
export class Churn {
    allocations = 0
    private owedBytes = 0
    private turn = 0
    private readonly held: ModelBlock[] = []

    /**
     * @param blocks sizes, in turn
     * @param heldBytes of the last of them: what a call holds goes with it
     */
    constructor(
        private readonly model: ModelHeap,
        private readonly blocks: readonly number[],
        private readonly perMs: number,
        private readonly heldBytes: number,
    ) {}

    /** Lets so many milliseconds pass. @returns whether there was room for what came */
    pass(ms: number): boolean {
        const { model, blocks, held } = this
        this.owedBytes += this.perMs * ms
        const least = this.owedBytes / MAX_BLOCKS
        while (this.owedBytes > 0) {
            const bytes = Math.max(least, blocks[this.turn++ % blocks.length]!)
            const block = model.allocate(bytes)
            if (block === undefined) return false
            this.allocations++
            this.owedBytes -= bytes
            if (this.owedBytes < this.heldBytes) held.push(block)
            else model.drop(block)
        }
        return true
    }

    /** The call is over, and what it held is garbage. */
    letGo(): void {
        for (const block of this.held) this.model.drop(block)
        this.held.length = 0
    }
}
