/** What a program is to come down to. */
export interface Aim {
    /** The most bytes ever live at once, or the heap's fragmentation as a collection at the end would leave it. */
    figure: "live" | "fragmentation"
    /** The most that it may be. */
    most: number
    /** As a person says it: `at most 20.0 kB live`. */
    words: string
}

/** An aim, and whether the advice of the same report reaches it. */
export interface AimReport extends Aim {
    before: number
    /** As predicted, when all of the advice is followed; null where nobody can tell before it is measured. */
    after: number | null
    /**
     * `met`: it is so already; `reached`: the advice reaches it, and none of it can be left out; `missed`: all
     * that there is does not; `unknown`: only a run can tell.
     */
    state: "met" | "reached" | "missed" | "unknown"
}
