import { crc32Hex } from "../../base/crc32"
import { sanitize } from "../../base/sanitize"
import type { MemoryEvent } from "../../model/events"
import type { SourceAbout } from "../../model/flow"
import { BoardMetrics, MAX_LABEL } from "./board-metrics"
import type { Metric } from "./metric"
import { ReportCount } from "./report-count"
import { ReportTimes } from "./report-times"

/** Programs of one board that are told apart: who changes its hash with each report makes no series more. */
const MAX_PROGRAMS = 16
/** Structures of a board in a fleet: four series each. */
const MAX_STRUCTURES = 16

/** Nothing for so long, and for so many times the time between two reports: it does not report any more. */
const QUIET_MS = 30_000
const QUIET_REPORTS = 10

/** Which board it is, and what it is. */
export interface BoardIdentity {
    /** What it is called: the same name is the same board. */
    name: string
    about: SourceAbout
}

/** When and as which one a report came. */
export interface Told {
    /** Milliseconds since 1970. */
    receivedMs: number
    /** The reports of one run of a program count from 0; of what does not count them there is none. */
    sequence?: number
}

/** What a board's figures were at one moment. */
export interface BoardReading {
    board: FleetBoard
    /** Milliseconds since 1970, later than those of the board's reading before. */
    atMs: number
    metrics: readonly Metric[]
}

/** One board of a fleet: all that is known of it, from what it reports. */
export class FleetBoard {
    /** As it stands in labels: printable, of bounded length. */
    readonly name: string
    /** Whether it is there: undefined before anything was heard of that. */
    isHere: boolean | undefined
    /** When its last reading was made, in milliseconds since 1970. */
    lastMs: number | undefined
    /** SHA-256 of its program's bytecode, in hex; undefined before that is known. */
    sha256: string | undefined
    readonly count = new ReportCount()
    private readonly figures: BoardMetrics
    private readonly times = new ReportTimes()
    /** When its last report came, in milliseconds since 1970, and its own time then. */
    private heardMs: number | undefined
    private uptimeMs = 0
    /** Its own time between two reports. */
    private intervalMs = 0
    private runBefore: number | undefined
    private readonly programs = new Set<string>()

    constructor(readonly identity: BoardIdentity) {
        this.name = boardName(identity.name)
        this.figures = new BoardMetrics(identity.about, MAX_STRUCTURES)
    }

    get about(): SourceAbout {
        return this.identity.about
    }

    /**
     * Takes the events of one report, or what else has become of the board.
     * @returns its figures then; undefined where nothing was reported, or it had been before
     */
    add(events: readonly MemoryEvent[], told: Told): BoardReading | undefined {
        const sample = events.find(({ kind }) => kind === "sample")
        const uptimeMs = (sample ?? events[0])?.atMs
        const isReport = sample !== undefined || told.sequence !== undefined
        if (uptimeMs === undefined) return undefined
        if (isReport && !this.count.take(told.sequence, uptimeMs)) return undefined
        if (isReport) this.hears(uptimeMs, told.receivedMs)
        for (const event of events) {
            if (event.kind === "program") this.runs(event.sha256)
            if (event.kind === "last-report") this.tellsRun(event.run)
            // A program that is started anew may go just as it did before.
            if (event.kind === "panic") this.count.begins()
            if (event.kind === "link" && event.phase !== "connecting")
                this.isHere = event.phase === "open"
            this.figures.add(event)
        }
        const isNews = isReport || events.some(({ kind }) => kind === "panic" || kind === "link")
        if (!isNews) return undefined
        const { receivedMs } = told
        const atMs = isReport ? this.times.at(uptimeMs, receivedMs) : this.times.between(receivedMs)
        if (atMs === undefined) return undefined
        this.lastMs = atMs
        return { board: this, atMs, metrics: this.metrics() }
    }

    /**
     * Whether it has stopped to report, though nobody told that it has left.
     * @param nowMs milliseconds since 1970
     */
    isQuiet(nowMs: number): boolean {
        const { heardMs, isHere, intervalMs } = this
        if (heardMs === undefined || isHere === false) return false
        return nowMs - heardMs > Math.max(QUIET_MS, QUIET_REPORTS * intervalMs)
    }

    private hears(uptimeMs: number, receivedMs: number): void {
        if (uptimeMs > this.uptimeMs) this.intervalMs = uptimeMs - this.uptimeMs
        this.uptimeMs = uptimeMs
        this.heardMs = receivedMs
        // It was taken for gone.
        if (this.isHere !== false) return
        this.isHere = true
        this.figures.add({ kind: "link", atMs: uptimeMs, phase: "open", message: "" })
    }

    /** Its figures now. */
    metrics() {
        return this.figures.metrics({ ...this.count })
    }

    /** @param run the one before, which it tells again until it has kept something of this one */
    private tellsRun(run: number | undefined): void {
        if (run === undefined || run === this.runBefore) return
        this.runBefore = run
        this.count.begins()
    }

    private runs(sha256: string): void {
        if (this.programs.size < MAX_PROGRAMS) this.programs.add(sha256)
        this.sha256 = sha256
        this.figures.runs(this.programs.has(sha256) ? sha256 : "one of many")
    }
}

/**
 * A board's name as a label: of two names that differ, these differ, too.
 * @returns what can be seen of it, and of one that is not all there its sum
 */
export function boardName(text: string): string {
    const seen = sanitize(text).trim()
    if (seen === text && seen !== "" && seen.length <= MAX_LABEL) return seen
    const sum = crc32Hex(text)
    return `${seen.slice(0, MAX_LABEL - sum.length - 1)}~${sum}`
}
