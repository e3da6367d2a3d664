import { createHash } from "node:crypto"
import type { WholeHeap } from "../../model/flow"
import type { Program } from "../../model/program/program"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import type { SimulatedBoard } from "../../simulator/simulated-board"

/** Whoever wants to look at the whole heap of a running simulation. */
export class Looks {
    private readonly frames: SourceFrames
    private readonly identity: WholeHeap["program"]
    private waiting: ((heap: WholeHeap) => void)[] = []
    /** Of a run that is over: there is no other moment any more. */
    private last: WholeHeap | undefined

    constructor(private readonly program: Program) {
        this.frames = new SourceFrames(SourceMap.of(program.debug), program.sourceFolder)
        this.identity = {
            bytecodeBytes: program.bytecode.length,
            sha256: createHash("sha256").update(program.bytecode).digest("hex"),
        }
    }

    /** To be called between two steps of the run. */
    pause(board: SimulatedBoard): void {
        if (this.waiting.length > 0) this.answer(this.heapOf(board))
    }

    /** The run is over, or its program has died, and its heap goes. */
    over(board: SimulatedBoard): void {
        this.answer((this.last = this.heapOf(board)))
    }

    /** All that is on the heap as soon as the board can be looked at, or was when the run ended. */
    request(): Promise<WholeHeap> {
        if (this.last) return Promise.resolve(this.last)
        return new Promise(done => this.waiting.push(done))
    }

    private answer(heap: WholeHeap | undefined): void {
        if (!heap) return
        for (const done of this.waiting.splice(0)) done(heap)
    }

    /** All that is on the heap of a board that stands still; undefined while there is no heap. */
    heapOf(board: SimulatedBoard): WholeHeap | undefined {
        const graph = board.graph(this.program.debug)
        return (
            graph && {
                atMs: board.nowMs,
                program: this.identity,
                graph,
                blocks: board.blocks(),
                locate: pc => this.frames.at(pc),
            }
        )
    }
}
