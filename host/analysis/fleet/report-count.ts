/** Reports that are remembered to know one that comes twice: a broker sends again what was not confirmed. */
const REMEMBERED = 256
/** A longer gap is no gap: the board has counted on while nobody was there to listen. */
const MAX_GAP = 1_000_000

/** Accounts for every report of a board, by the numbers it gives them and its own time. */
export class ReportCount {
    /** Those that came, each once. */
    received = 0
    /** Those that never came, as the ones after them tell. */
    missed = 0
    /** Those that had come before, and were left out. */
    doubled = 0
    private last: number | undefined
    /** The board's time of each, by its number: of this run of the program. */
    private readonly known = new Map<number, number>()

    /**
     * @param sequence of the report; undefined of a source that does not count
     * @param uptimeMs the board's own time at it
     * @returns false for one that has come before
     */
    take(sequence: number | undefined, uptimeMs: number): boolean {
        if (sequence === undefined) {
            this.received++
            return true
        }
        if (this.known.get(sequence) === uptimeMs) {
            this.doubled++
            return false
        }
        const { last } = this
        if (last !== undefined && sequence > last && uptimeMs >= (this.known.get(last) ?? 0))
            this.missedBetween(last, sequence)
        else {
            // It began anew. Before the very first one of all, nobody listened.
            if (last !== undefined) this.missedBetween(-1, sequence)
            this.known.clear()
        }
        this.last = sequence
        this.received++
        this.known.set(sequence, uptimeMs)
        if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!)
        return true
    }

    /** The board tells that it began anew: what comes now may look just as its last start did. */
    begins(): void {
        this.known.clear()
        if (this.last !== undefined) this.last = -1
    }

    private missedBetween(before: number, sequence: number): void {
        const gap = sequence - before - 1
        if (gap <= MAX_GAP) this.missed += gap
    }
}
