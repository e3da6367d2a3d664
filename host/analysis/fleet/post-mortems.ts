import { sanitize } from "../../base/sanitize"
import type { DeathGroup } from "../../documents/fleet/fleet-report"
import type { Incident } from "../../documents/fleet/incident"
import type { MemoryEvent, PanicEvent } from "../../model/events"
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

/** Gathers what was known of boards that died, and groups the deaths by cause and place. */
export class PostMortems implements FleetListener {
    private readonly lives = new Map<FleetBoard, Life>()
    private readonly groups = new Map<string, DeathGroup>()

    /** @param onIncident is told of each death, once all that is known of it has come */
    constructor(private readonly onIncident: (incident: Incident) => void = () => undefined) {}

    event(board: FleetBoard, event: MemoryEvent, atMs: number): void {
        let life = this.lives.get(board) ?? new Life()
        const again = (beganMs?: number) => {
            this.ends(board, life)
            life = new Life(beganMs)
        }
        switch (event.kind) {
            case "sample": {
                const before = life.samples.at(-1)
                // Its own time falls when it begins anew; that of who watches a port does not.
                const isAnew = before !== undefined && event.atMs < before.atMs
                if (isAnew || life.panic) again(isAnew ? 0 : life.panic?.atMs)
                const { atMs: uptimeMs, usedBytes, liveBytes, largestFreeBytes } = event
                life.samples.push({ atMs: uptimeMs, usedBytes, liveBytes, largestFreeBytes })
                if (life.samples.length > MAX_SAMPLES) life.samples.shift()
                life.lastMs = atMs
                break
            }
            case "panic":
                if (life.panic) again(life.panic.atMs)
                life.panic = event
                life.place = placeOf(event.stack)
                life.lastMs = atMs
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
        for (const [board, life] of this.lives) {
            if (!life.panic) continue
            this.ends(board, life)
            this.lives.delete(board)
        }
        return [...this.groups.values()].sort((a, b) => b.deaths - a.deaths)
    }

    /** A life is over, and another one begins. */
    private ends(board: FleetBoard, life: Life): void {
        const { panic, place, exception, samples, lastMs, beganMs } = life
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
            cause: panic ? nameOfPanic(panic.code) : UNHEARD,
            ...(panic && { panicCode: panic.code }),
            ...(panic && exception !== undefined && { exception }),
            ...(place !== undefined && { place }),
            uptimeMs: Math.max(0, Math.round((panic?.atMs ?? last?.atMs ?? 0) - beganMs)),
            atMs: Math.round(lastMs),
            samples: samples.map(rounded),
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
