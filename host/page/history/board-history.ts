import { PacedWitness } from "../../analysis/outcome/paced-witness"
import type { PageMessage } from "../../documents/page-messages"
import type { WorldControlled } from "../../model/controls"
import {
    noOtherKind,
    type BuildEvent,
    type DisplaysEvent,
    type MemoryEvent,
    type StructureFigures,
} from "../../model/events"
import type { LogLine } from "../../model/figures"
import type { Judgement } from "../../model/judgement"
import { MemoryModel } from "../../model/memory-model"
import { isPinLine } from "../../model/runtime-lines"
import { MapHistory } from "./map-history"
import { SampleColumns } from "./sample-columns"
import { ToldHistory } from "./told-history"

const MAX_LINES = 2000
const MAX_COLLECTIONS = 20_000
const MAX_STRUCTURES = 4000
/** Pictures of displays, which are large. */
const MAX_PICTURES = 200

type Hello = Extract<PageMessage, { kind: "hello" }>
type Told<K extends MemoryEvent["kind"]> = Extract<MemoryEvent, { kind: K }>

/** All that is known of a board, now and at each moment since the page was opened. Bounded. */
export class BoardHistory {
    /** As the terminal's screen has it: how things are now. */
    model = new MemoryModel()
    samples = new SampleColumns()
    /** The samples of the run before, of a program that was edited and started anew. */
    ghost: SampleColumns | undefined
    readonly map = new MapHistory()
    readonly log = new ToldHistory<LogLine>(MAX_LINES)
    readonly collections = new ToldHistory<Told<"gc">>(MAX_COLLECTIONS)
    readonly panics = new ToldHistory<Told<"panic">>(MAX_LINES)
    readonly marks = new ToldHistory<Told<"mark">>(MAX_LINES)
    /** What of its world can be pressed, turned and set now. */
    controls: readonly WorldControlled[] = []
    /** What the compiler said last of a program that is edited. */
    build: BuildEvent | undefined
    private readonly structures = new ToldHistory<Told<"structures">>(MAX_STRUCTURES)
    private readonly displays = new ToldHistory<DisplaysEvent>(MAX_PICTURES)
    private witness: PacedWitness

    constructor(readonly hello: Hello) {
        this.witness = new PacedWitness(hello.about)
    }

    get nowMs(): number {
        return this.model.nowMs
    }

    /** Collections that were told of. */
    get collectionCount(): number {
        return this.collections.dropped + this.collections.all.length
    }

    /** The source begins anew: a run of the same program as it is now, or, of what is past, the same again. */
    clear(): void {
        if (!this.hello.isPast && this.samples.length > 0) {
            this.ghost = this.samples
            this.samples = new SampleColumns()
        }
        this.model = new MemoryModel()
        this.witness = new PacedWitness(this.hello.about)
        this.controls = []
        // What is run anew compiles.
        this.build = undefined
        for (const part of [this.samples, this.map, this.log, this.collections]) part.clear()
        for (const part of [this.panics, this.marks, this.structures, this.displays]) part.clear()
    }

    add(event: MemoryEvent): void {
        this.model.add(event)
        this.witness.add(event)
        switch (event.kind) {
            case "sample":
                this.samples.add(event)
                break
            case "log":
                if (!isPinLine(event)) this.log.add(event)
                break
            case "gc":
                this.collections.add(event)
                break
            case "panic":
                this.panics.add(event)
                this.log.add({ ...event, level: "error", text: `panic ${event.code}` })
                break
            case "structures":
                this.structures.add(event)
                break
            case "mark":
                this.marks.add(event)
                this.log.add({ ...event, level: "runtime", text: event.text })
                break
            case "heap-map":
                this.map.add(event)
                break
            case "controls":
                this.controls = event.controls
                break
            case "build":
                this.build = event
                break
            case "service":
                break
            case "displays":
                this.displays.add(event)
                break
            case "figures":
            case "link":
            case "program":
            case "last-report":
            case "judgement":
            case "end":
                break
            default:
                noOtherKind(event)
        }
    }

    /** What it comes to so far. @param clockMs the reader's own time */
    judgement(clockMs: number): Judgement | undefined {
        return this.witness.judgement(clockMs)
    }

    /** The structures as they were told up to a moment. */
    structuresAt(ms: number): StructureFigures[] {
        const found = new Map<string, StructureFigures>()
        for (const event of this.structures.upTo(ms))
            for (const structure of event.structures) found.set(structure.name, structure)
        return [...found.values()]
    }

    /** What displays showed then. */
    displaysAt(ms: number): DisplaysEvent["shown"] {
        return this.displays.upTo(ms).at(-1)?.shown ?? []
    }
}
