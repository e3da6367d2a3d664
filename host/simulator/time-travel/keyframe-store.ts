import type { DoorPlace } from "../world/world"
import type { PackedKeyframe } from "./packed-keyframe"
import type { RunMoment } from "../../model/run-moment"
import { isBefore } from "./run-marks"

/**
 * The keyframes of a run, in bounded memory: when it is full, one goes that is near its neighbours for its
 * age. What is long past is then further from a keyframe than what has just been, and takes longer to go to.
 */
export class KeyframeStore {
    private frames: PackedKeyframe[] = []
    /** Bytes that each takes beside the one before it. */
    private own: number[] = []
    /** Bytes that all of them take. */
    bytes = 0

    /** @param maxBytes what they may take; two stay in any case */
    constructor(private readonly maxBytes: number) {}

    get count(): number {
        return this.frames.length
    }

    get first(): PackedKeyframe | undefined {
        return this.frames[0]
    }

    get last(): PackedKeyframe | undefined {
        return this.frames.at(-1)
    }

    add(frame: PackedKeyframe): void {
        this.frames.push(frame)
        this.own.push(0)
        this.measure(this.frames.length - 1)
        while (this.bytes > this.maxBytes && this.frames.length > 2) this.drop(this.dispensable())
    }

    /** The last one that has a moment still before it. */
    before(moment: RunMoment): PackedKeyframe | undefined {
        const found = this.frames.findLast(({ marks }) => isBefore(marks, moment))
        if (found || moment.kind !== "log") return found
        // The run begins in the middle of a millisecond, which is all that is known of a line's time.
        const { first } = this
        return first && first.marks.atUs < (moment.atMs + 1) * 1000 ? first : undefined
    }

    /** Those up to one, the last first. */
    *back(from: PackedKeyframe): Generator<PackedKeyframe> {
        for (let at = this.frames.lastIndexOf(from); at >= 0; at--) yield this.frames[at]!
    }

    /** Lets go of those from before a place in the door's record. */
    forgetBefore({ answers, comings }: Pick<DoorPlace, "answers" | "comings">): void {
        const isForgotten = ({ place }: PackedKeyframe) =>
            place.answers < answers || place.comings < comings
        while (this.frames.length > 0 && isForgotten(this.frames[0]!)) this.drop(0)
    }

    /** The one whose absence widens the distance between two the least for their age; never the first or last. */
    private dispensable(): number {
        const { frames } = this
        const now = frames.at(-1)!.marks.instructions
        let [best, least] = [1, Infinity]
        for (let at = 1; at < frames.length - 1; at++) {
            const gap = frames[at + 1]!.marks.instructions - frames[at - 1]!.marks.instructions
            const age = now - frames[at]!.marks.instructions
            if (gap / age < least) [best, least] = [at, gap / age]
        }
        return best
    }

    private drop(at: number): void {
        this.frames.splice(at, 1)
        this.bytes -= this.own.splice(at, 1)[0]!
        if (at < this.frames.length) this.measure(at)
    }

    private measure(at: number): void {
        const bytes = this.frames[at]!.bytesBeside(this.frames[at - 1])
        this.bytes += bytes - this.own[at]!
        this.own[at] = bytes
    }
}
