/** By how much a board's clock may be slower than ours: so much later a report may be each time. */
const DRIFT_MS = 1
/** No report is taken for older, whatever its board says: who stores figures refuses what is too old. */
const MAX_AGE_MS = 5 * 60_000
/** Nor for newer: who reports more than a thousand times a second is not to write into the future. */
const MAX_AHEAD_MS = 1000

/**
 * When reports were made, by our clock. A board has no clock of the day, and what a broker kept for a while
 * comes all at once: so the report that was underway for the shortest time tells when the board was started,
 * and its own time tells the rest.
 */
export class ReportTimes {
    private startMs: number | undefined
    private lastUptimeMs = 0
    private lastMs = 0

    /**
     * @param uptimeMs the board's own time, from its start
     * @param receivedMs when it came, in milliseconds since 1970
     * @returns when it was made, in milliseconds since 1970: later than the one before, whatever clocks do;
     * undefined for one too many
     */
    at(uptimeMs: number, receivedMs: number): number | undefined {
        const start = receivedMs - uptimeMs
        const before = this.startMs
        const isAnew =
            before === undefined || uptimeMs < this.lastUptimeMs || start - before > MAX_AGE_MS
        this.startMs = isAnew ? start : Math.min(before + DRIFT_MS, start)
        this.lastUptimeMs = uptimeMs
        return this.later(Math.round(this.startMs + uptimeMs), receivedMs)
    }

    /** Of something that the board did not tell itself. @returns as `at` does */
    between(nowMs: number): number | undefined {
        return this.later(nowMs, nowMs)
    }

    private later(atMs: number, receivedMs: number): number | undefined {
        const next = Math.max(atMs, this.lastMs + 1)
        if (next > receivedMs + MAX_AHEAD_MS) return undefined
        return (this.lastMs = next)
    }
}
