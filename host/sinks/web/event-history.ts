import { thinned } from "../../model/event-queue"
import type { HeapBlock } from "../../model/heap/block"
import { HeapMap } from "../../model/heap/heap-map"
import { MAX_STRUCTURES } from "../../model/memory-model"
import { noOtherKind, type MemoryEvent } from "../../model/events"

/** Of one kind: an hour of samples at ten a second. Then they are thinned, with every peak kept. */
const MAX_KEPT = 36_000

/** A line that is older than the last sample by more is of a source that has begun anew. Milliseconds. */
const LATE_MS = 50

/**
 * What a tab that comes late has to be told, in bounded memory: what happened, the oldest of it thinned,
 * and of what has a state the latest.
 */
export class EventHistory {
    private happened: MemoryEvent[] = []
    private readonly latest = new Map<MemoryEvent["kind"], MemoryEvent>()
    /** By name: a board may tell of some at a time. */
    private readonly structures = new Map<string, MemoryEvent>()
    private readonly map = new HeapMap()
    private lastSampleMs = -Infinity

    /** Changes whenever the heap's map does. */
    mapVersion = 0
    mapAtMs = 0

    /** @param capacity events that are kept of what happened */
    constructor(private readonly capacity = MAX_KEPT) {}

    /** Every block as it was told last, in order of address. */
    get blocks(): readonly HeapBlock[] {
        return this.map.blocks
    }

    /** @returns whether the source began anew with it */
    add(event: MemoryEvent): boolean {
        let isAgain = false
        switch (event.kind) {
            case "sample":
                isAgain = event.atMs < this.lastSampleMs
                if (isAgain) this.begin()
                this.lastSampleMs = event.atMs
                this.keep(event)
                break
            case "log":
                isAgain = event.atMs < this.lastSampleMs - LATE_MS
                if (isAgain) {
                    this.begin()
                    this.lastSampleMs = event.atMs
                }
                this.keep(event)
                break
            case "gc":
            case "panic":
            case "mark":
                this.keep(event)
                break
            case "heap-map":
                this.map.add(event)
                this.mapVersion++
                this.mapAtMs = event.atMs
                break
            case "service":
            case "last-report":
                break
            case "structures":
                // One event each, of those that the model tells apart.
                for (const structure of event.structures)
                    if (
                        this.structures.has(structure.name) ||
                        this.structures.size < MAX_STRUCTURES
                    )
                        this.structures.set(structure.name, { ...event, structures: [structure] })
                break
            case "figures":
            case "link":
            case "program":
            case "judgement":
            case "displays":
            case "controls":
            case "build":
            case "end":
                this.latest.set(event.kind, event)
                break
            default:
                noOtherKind(event)
        }
        return isAgain
    }

    /** All of it, in an order in which it can be told. The heap's map aside. */
    events(): MemoryEvent[] {
        return [...this.happened, ...this.structures.values(), ...this.latest.values()]
    }

    private begin(): void {
        this.happened = []
        this.structures.clear()
        this.latest.delete("end")
        this.latest.delete("figures")
        this.latest.delete("build")
    }

    private keep(event: MemoryEvent): void {
        this.happened.push(event)
        if (this.happened.length > this.capacity) this.happened = thinned(this.happened)
    }
}
