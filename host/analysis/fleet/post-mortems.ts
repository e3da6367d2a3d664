import { sanitize } from "../../base/sanitize"
import type { DeathGroup } from "../../documents/fleet/fleet-report"
import type { Incident } from "../../documents/fleet/incident"
import type { LastReportEvent, MemoryEvent, PanicEvent } from "../../model/events"
import type { StackFrame } from "../../model/figures"
import { nameOfPanic } from "../outcome/panic"
import type { FleetBoard } from "./fleet-board"
import type { FleetListener } from "./fleet-flow"

/** Samples of a board that are kept for its death. */
const MAX_SAMPLES = 20
/** Kinds of deaths that are told apart, and boards that are named of each. */
const MAX_GROUPS = 200
const MAX_NAMES = 20
const MAX_TEXT = 200
/** After a panic the runtime's trace follows in its log: its first line with a place. */
const TRACE = /^[!*] {2}at .*?([^\s()]+:\d+:\d+)/
/** Of a board that nobody heard die. */
const UNHEARD = "unheard"
/** What its exception was called, where the board tells of that at its next start. */
const EXCEPTION = "unhandled-exception"
/** After so many samples of a new run there is no more to come of the one before. */
const LATE_SAMPLES = 5

/** Gathers what was known of boards that died, and groups the deaths by cause and place. */
export class PostMortems implements FleetListener {
    private readonly lives = new Map<FleetBoard, Life>()
    /** Lives that nobody heard end: the board may tell more at its next start. */
    private readonly unheard = new Map<FleetBoard, Life>()
    /** The latest run of each board that it told of: it tells again until it has kept something new. */
    private readonly toldRuns = new Map<FleetBoard, number>()
    private readonly groups = new Map<string, DeathGroup>()

    /** @param onIncident is told of each death, once all that is known of it has come */
    constructor(private readonly onIncident: (incident: Incident) => void = () => undefined) {}

    event(board: FleetBoard, event: MemoryEvent, atMs: number): void {
        let life = this.lives.get(board) ?? new Life()
        const again = (beganMs?: number) => {
            this.tellUnheard(board)
            if (life.panic || life.last) this.ends(board, life)
            else this.unheard.set(board, life)
            life = new Life(beganMs)
        }
        switch (event.kind) {
            case "sample": {
                const before = life.samples.at(-1)
                // Its own time falls when it begins anew; that of who watches a port does not.
                const isAnew = before !== undefined && event.atMs < before.atMs
                if (isAnew || life.panic || life.last) again(isAnew ? 0 : life.panic?.atMs)
                const { atMs: uptimeMs, usedBytes, liveBytes, largestFreeBytes } = event
                life.samples.push({ atMs: uptimeMs, usedBytes, liveBytes, largestFreeBytes })
                if (life.samples.length > MAX_SAMPLES) life.samples.shift()
                if (++life.told === LATE_SAMPLES) this.tellUnheard(board)
                life.lastMs = atMs
                break
            }
            case "panic":
                if (life.panic) again(life.panic.atMs)
                life.panic = event
                life.place = placeOf(event.stack)
                life.lastMs = atMs
                break
            case "last-report":
                this.tellsAtStart(board, life, event, atMs)
                break
            case "log":
                if (event.level === "error" && !life.panic)
                    life.exception = sanitize(event.text).slice(0, MAX_TEXT)
                if (event.level === "runtime" && life.panic)
                    life.place ??= TRACE.exec(event.text)?.[1]?.slice(0, MAX_TEXT)
                break
        }
        this.lives.set(board, life)
    }

    /** All deaths up to now, the most frequent first: of a board that just died, too. */
    summary(): DeathGroup[] {
        for (const board of this.unheard.keys()) this.tellUnheard(board)
        for (const [board, life] of this.lives) {
            if (!life.panic && !life.last) continue
            this.ends(board, life)
            this.lives.delete(board)
        }
        return this.sofar()
    }

    /** All deaths of which nothing more can come, the most frequent first. */
    sofar(): DeathGroup[] {
        return [...this.groups.values()].sort((a, b) => b.deaths - a.deaths)
    }

    /** What a board kept of the run before: of the one that nobody heard end, or of one that nobody heard at all. */
    private tellsAtStart(
        board: FleetBoard,
        life: Life,
        event: LastReportEvent,
        atMs: number,
    ): void {
        const { run } = event
        if (run !== undefined) {
            if (run === this.toldRuns.get(board)) return
            this.toldRuns.set(board, run)
        }
        let of = this.unheard.get(board)
        // What the log tells comes before the new run's first sample, what a broker gets right after it.
        if (!of && (life.panic || life.told >= LATE_SAMPLES)) of = life
        if (!of) {
            of = new Life()
            of.lastMs = atMs
            this.unheard.set(board, of)
        }
        of.last = { ...of.last, ...event }
    }

    /** Nobody heard it end, and what the board had to say of it has come by now. */
    private tellUnheard(board: FleetBoard): void {
        const life = this.unheard.get(board)
        if (!life) return
        this.unheard.delete(board)
        this.ends(board, life)
    }

    /** A life is over, and another one begins. */
    private ends(board: FleetBoard, life: Life): void {
        const { panic, place, samples, lastMs, beganMs, last: kept } = life
        const exception = panic ? (life.exception ?? kept?.exception) : kept?.exception
        const { identity, sha256 } = board
        const { id, heapBytes } = identity.about.board
        const last = samples.at(-1)
        const incident: Incident = {
            schema: "heapscope/incident@1",
            board: { name: board.name, id, heapBytes },
            program: {
                entry: identity.about.program.entry,
                ...(sha256 !== undefined && { sha256 }),
            },
            cause: panic ? nameOfPanic(panic.code) : exception === undefined ? UNHEARD : EXCEPTION,
            ...(panic && { panicCode: panic.code }),
            ...(exception !== undefined && { exception: exception.slice(0, MAX_TEXT) }),
            ...(place !== undefined && { place }),
            uptimeMs: Math.round(
                Math.max((panic?.atMs ?? last?.atMs ?? 0) - beganMs, kept?.uptimeMs ?? 0),
            ),
            atMs: Math.round(lastMs),
            samples: samples.map(rounded),
            ...(kept?.uptimeMs !== undefined && {
                kept: {
                    uptimeMs: kept.uptimeMs,
                    ...(kept.filledBytes !== undefined && { filledBytes: kept.filledBytes }),
                },
            }),
        }
        this.count(incident)
        this.onIncident(incident)
    }

    private count({ board, cause, place, atMs }: Incident): void {
        const key = `${cause}\n${place ?? ""}`
        let group = this.groups.get(key)
        if (!group) {
            if (this.groups.size >= MAX_GROUPS) return
            group = {
                cause,
                ...(place !== undefined && { place }),
                deaths: 0,
                boards: [],
                lastMs: 0,
            }
            this.groups.set(key, group)
        }
        group.deaths++
        group.lastMs = atMs
        if (!group.boards.includes(board.name) && group.boards.length < MAX_NAMES)
            group.boards.push(board.name)
    }
}

/** What is kept of a board from its start on. */
class Life {
    samples: Incident["samples"] = []
    panic: PanicEvent | undefined
    place: string | undefined
    exception: string | undefined
    lastMs = 0
    /** What the board kept of it, and told at its next start. */
    last: LastReportEvent | undefined
    /** Samples of it that came. */
    told = 0

    /** @param beganMs by the time of its samples */
    constructor(readonly beganMs = 0) {}
}

function placeOf(stack: readonly StackFrame[] | undefined): string | undefined {
    const [innermost] = stack ?? []
    return innermost && `${innermost.file}:${innermost.line}:${innermost.column}`
}

function rounded(sample: Incident["samples"][number]): Incident["samples"][number] {
    return { ...sample, atMs: Math.round(sample.atMs) }
}
