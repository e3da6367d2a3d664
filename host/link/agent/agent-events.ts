import type { LogLine } from "../../model/figures"
import type { MemoryEvent, StructureFigures, StructureWorth } from "../../model/events"
import { nominalBytes } from "../../model/heap/heap-memory"
import type { IdleHeap } from "../../simulator/idle-heap"
import { parseAgentLine, type AgentReport, type KeptReport } from "./agent-line"
import type { Anchor } from "./anchor"
import { HeapEstimator, type EstimateOptions } from "./estimate"
import type { ProgramStart } from "./program-start"

/**
 * Turns the agent's lines in a board's log into samples and structures; every other line stays one.
 * A report that is lost on the way, damaged or doubled is told of in the log.
 */
export class AgentEvents {
    /** Reports that never came, or came damaged. */
    lost = 0
    private estimator: HeapEstimator
    /** By name, of this run of the program: a structure's figures and its worth come in turn. */
    private known = new Map<string, StructureFigures>()
    private worth = new Map<string, StructureWorth>()
    private lastSeq: number | undefined
    private hasReportedVersion = false
    private hasReportedWait = false
    private look: "not asked" | "asked" | "over" = "not asked"

    /**
     * @param heapBytes nominal size of the board's heap
     * @param idle what the board takes of it without a program. Default: that of one without pins
     * @param start how the program at hand starts there, which may not be the one that runs
     * @param askLook has the heap read exactly, as estimates of this run would be a guess: they are held
     * back until `anchorAt` or `noLook` is called. Default: they are told
     * @param options what else there is for estimates
     */
    constructor(
        private heapBytes: number,
        private idle?: IdleHeap,
        private start?: ProgramStart,
        private readonly askLook?: () => void,
        private options: EstimateOptions = {},
    ) {
        this.estimator = this.newEstimator()
    }

    /** It is another board than it was taken for. */
    isOn(
        heapBytes: number,
        idle: IdleHeap,
        start?: ProgramStart,
        life?: EstimateOptions["life"],
    ): void {
        this.heapBytes = heapBytes
        this.idle = idle
        this.start = start
        this.options = { ...this.options, life }
        this.estimator = this.estimator.on(heapBytes, idle, start, this.options)
    }

    /** It runs another program than the one at hand: what that one's life was tells nothing. */
    runsAnother(): void {
        this.options = { ...this.options, life: undefined }
        this.estimator.forgetLife()
    }

    /** Whether estimates are held back. */
    get isHeld(): boolean {
        return this.look === "asked"
    }

    /** The heap cannot be read: estimates are told for what they are. */
    noLook(): void {
        this.look = "over"
    }

    /** What could not be read before may be read now. */
    mayLook(): void {
        this.look = "not asked"
    }

    /** The heap was read exactly: what is estimated from now on rests on that. */
    anchorAt(anchor: Anchor): void {
        this.look = "over"
        this.heapBytes = nominalBytes(anchor.capacityBytes)
        this.estimator.anchorAt(anchor)
    }

    /** @returns what the line tells, in order; nothing for what was told before */
    add(line: LogLine): MemoryEvent[] {
        const { atMs } = line
        const read = line.level === "log" ? parseAgentLine(line.text) : undefined
        if (read === undefined) return [{ kind: "log", ...line }]
        if (read.kind === "damaged")
            return [notice(atMs, "a report of the agent came damaged and is left out")]
        if (read.kind === "unknown-version") {
            if (this.hasReportedVersion) return []
            this.hasReportedVersion = true
            const { version } = read
            return [
                notice(
                    atMs,
                    `the agent on the board writes hs${version}: heapscope reads hs1 to hs3`,
                ),
            ]
        }
        if (read.kind === "died") return [{ kind: "last-report", atMs, exception: read.text }]
        if (read.kind === "kept") return [this.lastReport(read, atMs)]
        const events: MemoryEvent[] = []
        const { lastSeq } = this
        if (read.seq === lastSeq) return []
        this.lastSeq = read.seq
        // A lower number is a new run of the program, whose heap is a new one.
        if (lastSeq !== undefined && read.seq < lastSeq) {
            this.estimator = this.newEstimator()
            this.mayLook()
            this.known.clear()
            this.worth.clear()
        } else if (lastSeq !== undefined && read.seq > lastSeq + 1) {
            const missing = read.seq - lastSeq - 1
            this.lost += missing
            events.push(notice(atMs, `${missing} report${missing === 1 ? "" : "s"} lost`))
        }
        const sample = this.estimator.add(read, atMs)
        if (this.askLook && this.look === "not asked" && this.estimator.isGuess) {
            this.look = "asked"
            events.push(
                notice(
                    atMs,
                    "figures follow when the heap has been read exactly, for which the program stands still for a moment",
                ),
            )
            this.askLook()
        }
        if (!this.estimator.isLocated && !this.hasReportedWait && !this.isHeld) {
            this.hasReportedWait = true
            events.push(
                notice(
                    atMs,
                    "figures follow when the agent tells where its heap begins, as one report in 16 does",
                ),
            )
        }
        if (sample && !this.isHeld) events.push(sample)
        const structures = this.structuresOf(read)
        if (structures.length > 0) events.push({ kind: "structures", atMs, structures })
        return events
    }

    private lastReport({ run, uptimeMs, probe }: KeptReport, atMs: number): MemoryEvent {
        const filledBytes = this.estimator.filledTo(probe)
        const filled = filledBytes === undefined ? {} : { filledBytes }
        return { kind: "last-report", atMs, run, uptimeMs, ...filled }
    }

    /** What is known now of those structures that the report is about. */
    private structuresOf({ structures, worth }: AgentReport): StructureFigures[] {
        for (const figures of structures) this.known.set(figures.name, figures)
        for (const [name, one] of worth) this.worth.set(name, one)
        const names = new Set([...structures, ...worth.map(([name]) => ({ name }))].map(nameOf))
        return [...names].flatMap(name => {
            const figures = this.known.get(name)
            const one = this.worth.get(name)
            return figures === undefined ? [] : [{ ...figures, ...(one && { worth: one }) }]
        })
    }

    private newEstimator(): HeapEstimator {
        return new HeapEstimator(this.heapBytes, this.idle, this.start, this.options)
    }
}

function nameOf({ name }: { name: string }): string {
    return name
}

function notice(atMs: number, text: string): MemoryEvent {
    return { kind: "log", atMs, level: "runtime", text: `heapscope: ${text}` }
}
