/** Blocks from this size on are noted: smaller ones find a hole anywhere. */
const MIN_BYTES = 160
/** Turns noted. When full, every second one goes: a long run is noted as evenly as a short one. */
const MAX_TURNS = 128
/** Of one turn the last ones. */
const MAX_BLOCKS = 64

/** The large blocks that were allocated in one go, in turn. */
export interface LargeTurn {
    atMs: number
    blocks: readonly number[]
}

/** The large blocks of a run, by the millisecond in which they were allocated. */
export class LargeBlocks {
    private noted: { atMs: number; blocks: number[] }[] = []
    private turnMs = -1
    private skipped = 0
    private isNoting = false
    /** One of so many turns is noted. */
    stride = 1

    /** To be told of every block, header included. */
    add(bytes: number, atMs: number): void {
        if (bytes < MIN_BYTES) return
        const turnMs = Math.floor(atMs)
        if (turnMs !== this.turnMs) this.begin(turnMs)
        if (!this.isNoting) return
        const { blocks } = this.noted.at(-1)!
        if (blocks.length === MAX_BLOCKS) blocks.shift()
        blocks.push(bytes)
    }

    /** Oldest first. */
    get turns(): readonly LargeTurn[] {
        return this.noted
    }

    /** Another that has noted the same and goes on by itself. */
    fork(): LargeBlocks {
        const { turnMs, skipped, isNoting, stride } = this
        const noted = this.noted.map(turn => ({ ...turn, blocks: [...turn.blocks] }))
        return Object.assign(new LargeBlocks(), { turnMs, skipped, isNoting, stride, noted })
    }

    private begin(turnMs: number): void {
        this.turnMs = turnMs
        this.isNoting = ++this.skipped >= this.stride
        if (this.isNoting && this.noted.length === MAX_TURNS) {
            this.noted = this.noted.filter((_, i) => i % 2 === 1)
            this.stride *= 2
            this.isNoting = false
        }
        if (!this.isNoting) return
        this.skipped = 0
        this.noted.push({ atMs: turnMs, blocks: [] })
    }
}
