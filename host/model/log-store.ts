import type { LogLine } from "./figures"

const HEAD_LINES = 1000
const TAIL_LINES = 9000

/** Keeps a log of any length in bounded memory: its first 1,000 lines and its last 9,000. */
export class LogStore {
    /** Lines given so far. */
    count = 0
    private readonly head: LogLine[] = []
    private tail: LogLine[] = []

    /** Another with the same lines so far. */
    fork(): LogStore {
        const fork = new LogStore()
        fork.count = this.count
        fork.head.push(...this.head)
        fork.tail = [...this.tail]
        return fork
    }

    add(line: LogLine): void {
        this.count++
        if (this.head.length < HEAD_LINES) this.head.push(line)
        else {
            this.tail.push(line)
            // Cut rarely: a long run must not move the whole tail at every line.
            if (this.tail.length >= 2 * TAIL_LINES) this.tail = this.tail.slice(-TAIL_LINES)
        }
    }

    lines(): LogLine[] {
        return [...this.head, ...this.tail.slice(-TAIL_LINES)]
    }

    /** Lines left out of `lines()`, all after the first 1,000. */
    get omitted(): number {
        return this.count - this.head.length - Math.min(this.tail.length, TAIL_LINES)
    }
}
