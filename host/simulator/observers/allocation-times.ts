import type { AllocationListener, SimulatedBoard } from "../simulated-board"
import type { AllocationProfiler } from "./allocation-profiler"

/** So many are noted, the first of a run: what opens a trace of more is slow. */
const MAX_NOTED = 50_000

/** An allocation, and when it was. */
export interface TimedAllocation {
    /** Simulated milliseconds. */
    atMs: number
    bytes: number
    /** Of the profiler's tree. */
    leaf: number
}

/** Notes when each allocation of a run was. All it keeps is on the host. */
export class AllocationTimes {
    private board: SimulatedBoard | undefined
    readonly noted: TimedAllocation[] = []

    /** @param profiler hears of every allocation before this does */
    constructor(private readonly profiler: AllocationProfiler) {}

    readonly onBoard = (board: SimulatedBoard): void => void (this.board = board)

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (_words, _ctx, _tag, bytes, address) => {
        if (this.noted.length === MAX_NOTED) return
        const leaf = this.profiler.leafAt(address)
        this.noted.push({ atMs: this.board?.nowMs ?? 0, bytes, leaf })
    }
}
