import { posix } from "node:path"
import { allocatedPaths } from "../../analysis/profile/allocated-paths"
import { Places } from "../../analysis/profile/source-places"
import type { Allocated } from "../../model/allocated"
import type { Program } from "../../model/program/program"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import { AllocationProfiler } from "../../simulator/observers/allocation-profiler"
import type { SimulatedBoard } from "../../simulator/simulated-board"

/** Whoever has not asked for so long does not look any more. Real milliseconds. */
const FORGOTTEN_MS = 5000

/**
 * What a running simulation allocates, for as long as somebody asks again and again: else nobody listens
 * to its allocations, and it runs as fast as ever.
 */
export class Allocations {
    private readonly frames: SourceFrames
    private waiting: ((told: Allocated) => void)[] = []
    private heard:
        | { profiler: AllocationProfiler; board: SimulatedBoard; sinceMs: number; end: () => void }
        | undefined
    private askedAt = 0
    private last: Allocated | undefined

    constructor(private readonly program: Program) {
        this.frames = new SourceFrames(SourceMap.of(program.debug), program.sourceFolder)
    }

    /** What was allocated since the first asking. */
    request(): Promise<Allocated> {
        this.askedAt = performance.now()
        if (this.last) return Promise.resolve(this.last)
        return new Promise(done => this.waiting.push(done))
    }

    /** The text of a source of the program, by the name that calls have for it. */
    source(file: string): string | undefined {
        const { debug, sourceFolder } = this.program
        return debug?.sources.find(({ path }) => posix.join(sourceFolder, path) === file)?.text
    }

    /** To be called between two steps of the run. */
    pause(board: SimulatedBoard): void {
        if (this.waiting.length > 0) {
            this.listen(board)
            this.answer()
        } else if (this.heard && performance.now() - this.askedAt > FORGOTTEN_MS) {
            this.heard.end()
            this.heard = undefined
        }
    }

    /** The run is over, or its program has died: what was heard until then stays. */
    over(board: SimulatedBoard): void {
        this.listen(board)
        this.last = this.answer()
    }

    private listen(board: SimulatedBoard): void {
        if (this.heard?.board === board) return
        this.heard?.end()
        const profiler = new AllocationProfiler()
        const end = board.observe(profiler.allocated)
        this.heard = { profiler, board, sinceMs: board.nowMs, end }
    }

    private answer(): Allocated | undefined {
        if (!this.heard) return undefined
        const { profiler, board, sinceMs } = this.heard
        const told = {
            ...{ sinceMs, atMs: board.nowMs },
            ...allocatedPaths(
                profiler.paths,
                profiler.live(board.blocks()),
                new Places(this.frames),
            ),
        }
        for (const done of this.waiting.splice(0)) done(told)
        return told
    }
}
