import type { HeapMoment, Work } from "../../documents/lessons-report"
import { roundMs } from "../../model/board-time"
import type { AllocationListener, SimulatedBoard } from "../../simulator/simulated-board"

/** Moments kept, of which two become one when there are more. */
const MAX_MOMENTS = 300

/** Watches the heap while the measured part of a lesson's program runs, allocation by allocation. */
export class HeapWatch {
    /** How it went, in order; the last is its end. */
    moments: HeapMoment[] = []
    private board: SimulatedBoard | undefined
    private before: Work | undefined
    private unobserve: (() => void) | undefined
    private heard = 0
    /** So many allocations are a moment. */
    private stretch = 1
    /** The last allocation, until it is known whether it is the end's own. Without a time it opens no stretch. */
    private newest: Omit<HeapMoment, "atMs"> & { atMs?: number } = {
        ...{ usedBytes: 0, liveBytes: 0, collections: 0 },
    }

    /** The part begins. @param before what was counted up to here */
    begin(board: SimulatedBoard, before: Work): void {
        this.board = board
        this.before = before
        const usedBytes = board.tracker.usedBytes - before.liveBytes
        this.newest = { atMs: 0, usedBytes, liveBytes: 0, collections: 0 }
        this.unobserve = board.observe(this.hear)
    }

    /**
     * It ends, which took an allocation.
     * @param usedBytes without that
     * @param work what is measured of it
     */
    end(usedBytes: number, { boardTimeMs, liveBytes, collections }: Work): void {
        this.unobserve?.()
        this.moments.push({
            ...{ atMs: boardTimeMs, usedBytes: usedBytes - this.before!.liveBytes },
            ...{ liveBytes, collections },
        })
    }

    private readonly hear: AllocationListener = (_words, _ctx, _tag, bytes, address) => {
        this.keepNewest()
        const { tracker, work } = this.board!
        const before = this.before!
        // What was just made is live, and held by nothing yet.
        const liveBytes = tracker.liveBytes() + (tracker.isLive(address) ? 0 : bytes)
        // To ask for the time is slow.
        const opens = ++this.heard % this.stretch === 0
        this.newest = {
            ...(opens && { atMs: roundMs(work.time.ms - before.boardTimeMs) }),
            usedBytes: tracker.usedBytes - before.liveBytes,
            liveBytes: liveBytes - before.liveBytes,
            collections: tracker.collections - before.collections,
        }
    }

    private keepNewest(): void {
        const { moments, newest } = this
        const { atMs } = newest
        if (atMs === undefined) {
            moments.push(most(moments.pop()!, newest))
            return
        }
        moments.push({ ...newest, atMs })
        // One more will be the end.
        if (moments.length < MAX_MOMENTS - 1) return
        this.stretch *= 2
        this.moments = moments.flatMap((moment, index) => {
            const next = moments[index + 1]
            return index % 2 === 1 ? [] : next ? [most(moment, next)] : [moment]
        })
    }
}

/** Two moments as one, which has the peaks of both. */
function most(moment: HeapMoment, next: Omit<HeapMoment, "atMs">): HeapMoment {
    return {
        atMs: moment.atMs,
        usedBytes: Math.max(moment.usedBytes, next.usedBytes),
        liveBytes: Math.max(moment.liveBytes, next.liveBytes),
        collections: next.collections,
    }
}
