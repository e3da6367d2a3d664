import type { ForetoldDeath, SampleEvent } from "../../model/events"
import { mapTimes } from "../../model/time-to-death"

/** When a board runs out of memory, from its sample on; undefined of one of which that is not foretold. */
export function timeLeft({ atMs, estimate }: SampleEvent): ForetoldDeath | undefined {
    return estimate?.death && mapTimes(estimate.death, ms => Math.max(0, ms - atMs))
}
