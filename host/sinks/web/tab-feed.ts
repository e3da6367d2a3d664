import type { PageMessage } from "../../documents/page-messages"
import { EventQueue } from "../../model/event-queue"
import type { MemoryEvent } from "../../model/events"
import { HeapMapDiffer } from "../../model/heap/heap-map"
import type { EventHistory } from "./event-history"
import { PostponedRequests } from "./postponed-requests"

/** What may wait in a tab's connection before it gets nothing more. Bytes. */
const MAX_BEHIND_BYTES = 256 * 1024
/** Of these only the latest counts. */
const STATES = new Set<MemoryEvent["kind"]>(["judgement", "displays", "figures", "build"])

/** A tab's connection, as far as it is written to. */
export interface TabConnection {
    /** Bytes that the network has not taken yet. */
    readonly bufferedAmount: number
    send(text: string): void
}

/**
 * What one tab is told. A tab that is slow gets less: samples merged with their peaks kept, states that
 * have changed since only as they are now, and the heap's map as the difference to the last one it got.
 */
export class TabFeed {
    /** What it asked for when it was behind. */
    readonly postponed = new PostponedRequests()
    private queue = new EventQueue()
    private states = new Map<MemoryEvent["kind"], MemoryEvent>()
    private differ = new HeapMapDiffer()
    private mapVersion = 0
    private isAgain = false
    private readonly first: PageMessage[]

    constructor(
        private readonly connection: TabConnection,
        private readonly history: EventHistory,
        hello: PageMessage,
    ) {
        this.first = [hello, { kind: "events", events: history.events() }]
    }

    add(event: MemoryEvent): void {
        if (event.kind === "heap-map") return
        if (STATES.has(event.kind)) this.states.set(event.kind, event)
        else this.queue.push(event)
    }

    /** The source began anew: nothing from before is of use. */
    again(): void {
        this.queue = new EventQueue()
        this.states.clear()
        this.isAgain = true
    }

    /** The tab does not keep up: it is to get nothing more for now. */
    get isBehind(): boolean {
        return this.connection.bufferedAmount > MAX_BEHIND_BYTES
    }

    /** Sends what there is, if the tab keeps up. */
    flush(): void {
        if (this.isBehind) return
        for (const message of this.first.splice(0)) this.tell(message)
        if (this.isAgain) {
            this.isAgain = false
            this.differ = new HeapMapDiffer()
            this.tell({ kind: "again" })
        }
        const events: MemoryEvent[] = []
        for (let event = this.queue.take(); event; event = this.queue.take()) events.push(event)
        events.push(...this.states.values())
        this.states.clear()
        const { mapVersion, mapAtMs, blocks } = this.history
        if (mapVersion !== this.mapVersion) {
            this.mapVersion = mapVersion
            events.push(this.differ.diff(mapAtMs, blocks))
        }
        if (events.length > 0) this.tell({ kind: "events", events })
    }

    tell(message: PageMessage): void {
        this.connection.send(JSON.stringify(message))
    }
}
