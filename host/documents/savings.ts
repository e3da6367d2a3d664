import type { Saving, Work } from "./lessons-report"

/** The figures that lessons lower: where each is found, and what it is called in a table. */
export const SAVINGS: Record<Saving, { figure: keyof Work; words: string }> = {
    live: { figure: "liveBytes", words: "live" },
    peak: { figure: "peakLiveBytes", words: "high-water live" },
    churn: { figure: "allocatedBytes", words: "allocated" },
}
