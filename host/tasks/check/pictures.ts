import { foldProfile } from "../../analysis/profile/fold-profile"
import { histogramsOf } from "../../analysis/profile/histograms"
import { Places } from "../../analysis/profile/source-places"
import type { RunPictures } from "../../documents/check/pictures"
import { ranMs } from "../../documents/sim-report"
import type { Snapshot } from "../../documents/snapshot"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import { AllocationProfiler } from "../../simulator/observers/allocation-profiler"
import { BlockAges } from "../../simulator/observers/block-ages"
import type { RunOptions, RunResult } from "../../simulator/run"
import type { SimulatedBoard } from "../../simulator/simulated-board"
import { snapshotTaker } from "../take-snapshots"

/** Takes what a page about a run draws, while it runs. */
export class PictureTaker {
    private readonly profiler = new AllocationProfiler()
    private readonly ages = new BlockAges()
    private readonly take: (board: SimulatedBoard, taken: Snapshot["taken"]) => Snapshot | undefined
    private heap: Snapshot | undefined

    constructor(private readonly options: RunOptions) {
        this.take = snapshotTaker({ ...options, seed: options.seed ?? 1 })
    }

    /** To be given to a board as its listeners. */
    readonly observers = [this.profiler.allocated, this.ages.allocated]

    readonly onBoard = this.ages.onBoard

    /** To be called right after each collection. */
    collected(): void {
        this.ages.collected()
    }

    /** Takes the heap as it is now: at the death, or at the end. */
    look(board: SimulatedBoard): void {
        const atMs = Math.floor(board.nowMs)
        const { death } = board
        this.heap = this.take(
            board,
            death ? { kind: "panic", atMs, panicCode: death.code } : { kind: "time", atMs },
        )
    }

    /** @param result of the run, which is over */
    pictures({
        blocks,
        samples,
        report,
    }: Pick<RunResult, "blocks" | "samples" | "report">): RunPictures {
        const { debug, sourceFolder } = this.options.program
        const places = new Places(new SourceFrames(SourceMap.of(debug), sourceFolder))
        const live = this.profiler.live(blocks)
        const { tree } = foldProfile(this.profiler.paths, { live }, [], places, "allocated")
        const histograms = histogramsOf(this.ages.lives(blocks, ranMs(report)))
        return { samples, tree, histograms, ...(this.heap && { heap: this.heap }) }
    }
}
