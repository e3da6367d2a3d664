import { TAG_FREE, walkHeap } from "../../model/heap/walk"
import type { SimulatedBoard } from "../simulated-board"
import type { PackedKeyframe } from "./packed-keyframe"
import type { PastBoard, PastListener } from "./past-board"
import type { RunMoment } from "../../model/run-moment"

/** Some of a heap, by address in the board's memory. */
export interface HeapRange {
    address: number
    bytes: number
}

/**
 * When a hole appeared: what made one of those bytes, and nothing has been there since. It runs what is
 * between two keyframes at a time, backwards, and lets others have a turn after each.
 * @param until a moment at which the hole is there
 * @param back keyframes from before that moment, the last first
 * @returns undefined when it has been there for as long as is known
 */
export function* holeOrigin(
    past: PastBoard,
    hole: HeapRange,
    until: RunMoment,
    back: Iterable<PackedKeyframe>,
): Generator<void, RunMoment | undefined> {
    let end = until
    for (const keyframe of back) {
        past.restore(keyframe)
        const search = new HoleSearch(past.board, hole)
        past.replay(end, search)
        if (!search.isHoleAllAlong()) return search.origin
        end = { kind: "time", atMs: keyframe.marks.atUs / 1000 }
        yield
    }
    return undefined
}

/** Watches a hole appear and go while a board runs. */
class HoleSearch implements PastListener {
    /** What made a hole of it, the last time. */
    origin: RunMoment | undefined
    private readonly wasFree: boolean
    private wasTaken = false
    private isFree: boolean
    private starts: number
    /** The VM was about to give back some of it. */
    private given: RunMoment | undefined

    constructor(
        private readonly board: SimulatedBoard,
        private readonly hole: HeapRange,
    ) {
        this.isFree = this.wasFree = this.look()
        this.starts = board.tracker.starts
    }

    isHoleAllAlong(): boolean {
        this.afterFreeing()
        return this.wasFree && !this.wasTaken
    }

    allocated(address: number, bytes: number): void {
        this.afterFreeing()
        const { hole, board } = this
        const { starts, allocations } = board.tracker
        if (address < hole.address + hole.bytes && address + bytes > hole.address) {
            this.isFree = false
            this.wasTaken = true
        } else if (starts !== this.starts)
            this.mayBeFree({ kind: "allocation", number: allocations })
        this.starts = starts
    }

    collected(): void {
        this.given = undefined
        this.mayBeFree({ kind: "collection", number: this.board.tracker.collections })
    }

    freeing(address: number): void {
        this.afterFreeing()
        const { allocations } = this.board.tracker
        if (!this.isFree) this.given = { kind: "free", address, allocations }
    }

    /** What was about to be given back is. */
    private afterFreeing(): void {
        const { given } = this
        this.given = undefined
        if (given) this.mayBeFree(given)
    }

    private mayBeFree(moment: RunMoment): void {
        if (this.isFree || !this.look()) return
        this.isFree = true
        this.origin = moment
    }

    /** Whether nothing is in it now. */
    private look(): boolean {
        const { hole, board } = this
        const { heap } = board.tracker
        if (!heap) return false
        let isFree = true
        walkHeap(heap, (address, bytes, tag) => {
            if (address < hole.address + hole.bytes && address + bytes > hole.address)
                isFree &&= tag === TAG_FREE
        })
        return isFree
    }
}
