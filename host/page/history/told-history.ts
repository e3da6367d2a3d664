/** What was told at a time, of late: bounded, and found again by its time. */
export class ToldHistory<T extends { atMs: number }> {
    private items: T[] = []
    /** How many were let go of: the number of the first one that is kept. */
    dropped = 0

    /** @param capacity what is kept; then the older half goes */
    constructor(private readonly capacity: number) {}

    get all(): readonly T[] {
        return this.items
    }

    add(item: T): void {
        this.items.push(item)
        if (this.items.length <= this.capacity) return
        this.dropped += this.items.splice(0, this.capacity >> 1).length
    }

    clear(): void {
        this.dropped += this.items.length
        this.items = []
    }

    /** What was told up to a time, that time included; oldest first. */
    upTo(ms: number): readonly T[] {
        let end = this.items.length
        while (end > 0 && this.items[end - 1]!.atMs > ms) end--
        return end === this.items.length ? this.items : this.items.slice(0, end)
    }
}
