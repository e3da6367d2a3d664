import type { MemoryEvent } from "../../model/events"
import type { Judgement } from "../../model/judgement"
import { EventWitness, type WitnessAbout } from "./event-witness"

/** Between two judgements, of the reader's time: nobody reads faster. Milliseconds. */
export const JUDGE_MS = 500
/** Nothing is told of the first seconds of a run. Milliseconds. */
const JUDGED_FROM_MS = 2000

/** Judges a run for a screen: anew a few times a second at most, and at once when everything changed. */
export class PacedWitness {
    private readonly witness: EventWitness
    private judged: Judgement | undefined
    private dueMs = 0

    constructor(about: WitnessAbout) {
        this.witness = new EventWitness(about)
    }

    add(event: MemoryEvent): void {
        this.witness.add(event)
        if (event.kind === "judgement" || event.kind === "panic") this.dueMs = 0
    }

    /**
     * What it comes to so far; undefined as long as nothing can be told.
     * @param clockMs the reader's own time
     */
    judgement(clockMs: number): Judgement | undefined {
        const { nowMs, wasTold, isDead } = this.witness
        const isTold = nowMs >= JUDGED_FROM_MS || isDead || wasTold
        if (isTold && clockMs >= this.dueMs) {
            this.dueMs = clockMs + JUDGE_MS
            this.judged = this.witness.judgement()
        }
        return this.judged
    }
}
