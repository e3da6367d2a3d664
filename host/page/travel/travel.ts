import { computed, signal } from "@preact/signals"
import type { PageRequest } from "../../documents/page-messages"
import { HeapMap } from "../../model/heap/heap-map"
import type { Visit, VisitRequest } from "../../model/visit"

/** The longest line of the log that is asked for by its text. */
const MAX_LINE = 250

/** Goes to moments of a simulated run: one at a time, and of those that are asked for meanwhile the last. */
export class Travel {
    /** Where the page is; undefined when it is at a moment that it knows itself, or now. */
    readonly visit = signal<Visit | undefined>(undefined)
    /** Somewhere was asked for, and has not come. */
    readonly isGoing = signal(false)
    /** Every block there, in order of address, which counts from the heap's first block. */
    readonly blocks = computed(() => {
        const map = new HeapMap()
        if (this.visit.value) map.add(this.visit.value.map)
        return map.blocks
    })
    private next: VisitRequest | undefined
    /** The last that was asked for. */
    private asked: VisitRequest | undefined
    /** Nobody waits for what comes any more. */
    private isLeft = false

    constructor(private readonly ask: (request: PageRequest) => void) {}

    go(request: VisitRequest): void {
        this.asked = request
        if (this.isGoing.value) {
            this.next = request
            return
        }
        this.isGoing.value = true
        this.isLeft = false
        this.ask({ kind: "visit", ...request })
    }

    /** To when a line was logged. */
    toLine({ atMs, text }: { atMs: number; text: string }): void {
        const isShort = text.length <= MAX_LINE && atMs === Math.floor(atMs)
        this.go({ to: isShort ? { kind: "log", atMs, text } : { kind: "time", atMs } })
    }

    /** To the next allocation or collection, or the one before it; from now, to now. */
    step(kind: "allocation" | "collection", by: 1 | -1, nowMs: number): void {
        const from = this.headedFor(kind) ?? this.stepsFrom(kind, by)
        if (from === undefined) this.go({ to: { kind: "time", atMs: nowMs } })
        else if (from + by > 0) this.go({ to: { kind, number: from + by } })
    }

    /** The number of where it goes to anyway: who steps faster than it goes is not held up. */
    private headedFor(kind: "allocation" | "collection"): number | undefined {
        const { to, maker } = (this.isGoing.value && !this.isLeft && this.asked) || {}
        return to?.kind === kind && !maker ? to.number : undefined
    }

    private stepsFrom(kind: "allocation" | "collection", by: 1 | -1): number | undefined {
        const at = this.visit.value
        if (!at) return undefined
        const number = kind === "allocation" ? at.gc.allocations : at.gc.collections
        // Between two of them, the one before is the last that there was.
        return by < 0 && at.moment.kind !== kind ? number + 1 : number
    }

    /** @returns whether somebody still wants to be there */
    come(visit: Visit): boolean {
        const isWanted = !this.isLeft && !this.next
        if (isWanted) this.visit.value = visit
        this.goOn()
        return isWanted
    }

    /** What was asked for cannot be shown. */
    fail(): void {
        if (this.isGoing.value) this.goOn()
    }

    /** The page goes elsewhere by itself. */
    leave(): void {
        this.visit.value = undefined
        this.next = undefined
        this.isLeft = true
    }

    /** The command or its run is another. */
    reset(): void {
        this.leave()
        this.isGoing.value = false
    }

    private goOn(): void {
        this.isGoing.value = false
        const { next } = this
        this.next = undefined
        if (next) this.go(next)
    }
}
