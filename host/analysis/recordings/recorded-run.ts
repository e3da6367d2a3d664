import type { RecordingSummary, StructureUse } from "../../documents/compare-recordings-report"
import type { RecordingHeader } from "../../documents/recording-format"
import type {
    EndEvent,
    MemoryEvent,
    PanicEvent,
    SampleEvent,
    StructureFigures,
    StructureWorth,
} from "../../model/events"
import type { StackFrame } from "../../model/figures"
import { isStart } from "../../model/runtime-lines"
import { EventWitness } from "../outcome/event-witness"
import { explainPanic } from "../outcome/panic"
import { Distribution } from "./distribution"
import { errorsOf } from "./estimate-error"
import { MAX_STRUCTURES } from "../../model/memory-model"

/** What is kept of a structure. */
interface RecordedUse {
    use: StructureUse
    refused: Counter
    worth?: { kind: StructureWorth["kind"]; asked: Counter; hits: Counter }
}

/** How often a program died of one cause. */
export interface RecordedCause {
    code: number
    name: string
    message: string
    count: number
    /** Where the last one was. */
    at?: StackFrame
}

/** All that a recording tells of one program, folded from its events. Bounded by the heap, not by time. */
export class RecordedRun {
    readonly used = new Distribution()
    readonly live = new Distribution()
    readonly largestFree = new Distribution()
    readonly collections = new Counter()
    readonly allocatedBytes = new Counter()
    /** By code of the panic. */
    readonly causes = new Map<number, RecordedCause>()
    private readonly structuresByName = new Map<string, RecordedUse>()
    private readonly witness: EventWitness
    recordedMs = 0
    private samples = 0
    estimates = 0
    deaths = 0
    restarts = 0
    private firstDeathMs: number | null = null
    /** Whether it runs: undefined before anything was heard of it. */
    private isAlive: boolean | undefined
    private exception: string | undefined
    /** What a board counts that is watched from later on, it has counted before, too. */
    private isFromStart = false
    /** A start was seen since the last sample: its counts begin anew. */
    private hasStarted = false
    end: EndEvent | undefined

    constructor(private readonly about: RecordingHeader) {
        this.witness = new EventWitness(about)
    }

    /** @param listenedMs how long the board was listened to since the event before */
    add(event: MemoryEvent, listenedMs: number): void {
        this.recordedMs += listenedMs
        // Judged by the time it was listened to: the clock went on while nobody was there.
        this.witness.add({ ...event, atMs: this.recordedMs })
        switch (event.kind) {
            case "sample":
                this.sample(event)
                break
            case "figures":
                this.figures(event.heap)
                break
            case "log":
                if (isStart(event)) {
                    this.isFromStart ||= this.isAlive === undefined
                    this.begins()
                } else if (event.level === "log") this.lives()
                else if (event.level === "error") this.exception = event.text.slice(0, 200)
                break
            case "panic":
                this.died(event)
                break
            case "structures":
                for (const figures of event.structures) this.structure(figures)
                break
            case "end":
                this.end = event
                break
        }
    }

    get structures(): Map<string, StructureUse> {
        return new Map(
            [...this.structuresByName].map(([name, { use, refused, worth }]) => [
                name,
                {
                    ...{ ...use, refused: refused.total },
                    ...(worth && {
                        worth: {
                            kind: worth.kind,
                            asked: worth.asked.total,
                            hits: worth.hits.total,
                        },
                    }),
                },
            ]),
        )
    }

    /** @param file as it was named */
    summary(file: string, sha256: string | undefined): RecordingSummary {
        const { about, recordedMs, samples, estimates, deaths, restarts, firstDeathMs } = this
        return {
            file,
            program: { entry: about.program.entry, ...(sha256 !== undefined && { sha256 }) },
            board: about.board,
            vm: about.vm,
            startedAt: about.startedAt,
            ...{ recordedMs, samples, estimates, deaths, restarts, firstDeathMs },
            judgement: this.witness.judgement(),
        }
    }

    private sample(sample: SampleEvent): void {
        this.samples++
        if (sample.estimate) this.estimates++
        const { used, live, largestFree } = errorsOf(sample, this.about.board.heapBytes)
        this.used.add(sample.usedBytes, used)
        this.live.add(sample.liveBytes, live)
        this.largestFree.add(sample.largestFreeBytes, largestFree)
        const isAnew = [
            this.collections.add(sample.collections),
            this.allocatedBytes.add(sample.allocatedBytes),
        ].includes(true)
        if (isAnew && !this.hasStarted && this.isAlive) this.restarts++
        this.lives()
        this.hasStarted = false
    }

    private figures(exact: { usedBytes: number; liveBytes: number; largestFreeBytes: number }) {
        this.used.add(exact.usedBytes)
        this.live.add(exact.liveBytes)
        this.largestFree.add(exact.largestFreeBytes)
    }

    private begins(): void {
        if (this.isAlive !== undefined) this.restarts++
        this.isAlive = this.hasStarted = true
    }

    /** It prints or reports: who was dead has been started again. */
    private lives(): void {
        if (this.isAlive === false) this.begins()
        this.isAlive = true
    }

    private died(panic: PanicEvent): void {
        const { code, stack } = panic
        this.deaths++
        this.firstDeathMs ??= this.recordedMs
        this.isAlive = false
        const { exception } = this
        const { panicName: name, message = name } = explainPanic({
            code,
            ...(exception !== undefined && { exception }),
        })
        const at = stack?.[0] ?? this.causes.get(code)?.at
        const count = (this.causes.get(code)?.count ?? 0) + 1
        this.causes.set(code, { code, name, message, count, ...(at && { at }) })
    }

    private structure({ name, capacity, highWaterMark, refused, worth }: StructureFigures): void {
        let known = this.structuresByName.get(name)
        if (!known) {
            if (this.structuresByName.size >= MAX_STRUCTURES) return
            known = {
                use: { capacity, highWaterMark: 0, refused: 0 },
                refused: new Counter(this.isFromStart ? 0 : refused),
            }
            this.structuresByName.set(name, known)
        }
        known.use.capacity = capacity
        known.use.highWaterMark = Math.max(known.use.highWaterMark, highWaterMark)
        known.refused.add(refused)
        if (!worth) return
        const { kind, asked, hits } = worth
        const before = (count: number) => new Counter(this.isFromStart ? 0 : count)
        known.worth ??= { kind, asked: before(asked), hits: before(hits) }
        known.worth.asked.add(asked)
        known.worth.hits.add(hits)
    }
}

/** The sum of a count that begins anew with each start of the board. */
export class Counter {
    total = 0

    /** @param last what it was before anything was counted here */
    constructor(private last = 0) {}

    /** @returns whether it has begun anew */
    add(count: number): boolean {
        const isAnew = count < this.last
        this.total += isAnew ? count : count - this.last
        this.last = count
        return isAnew
    }
}
