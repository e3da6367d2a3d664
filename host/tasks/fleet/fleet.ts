import { setMaxListeners } from "node:events"
import { FleetBoard, boardName, type BoardIdentity } from "../../analysis/fleet/fleet-board"
import type { FleetListener } from "../../analysis/fleet/fleet-flow"
import type { MemoryEvent } from "../../model/events"
import type { BoardIntake, FleetIntake, FleetSource } from "./fleet-source"

/** More boards than this are not taken. */
export const MAX_BOARDS = 10_000

/** From one look at who still reports to the next, in milliseconds. */
const LOOK_MS = 2000

export interface FleetOptions {
    maxBoards?: number | undefined
    /** Tells people something. */
    notify(text: string): void
    /** Milliseconds since 1970. Default: the system's clock. */
    now?: () => number
}

/** Many boards at once: takes what their sources tell, and gives it to whoever listens. */
export class Fleet {
    readonly boards = new Map<string, FleetBoard>()
    /** Boards that were not taken: there were too many, or the name was another's. */
    refused = 0
    private readonly owners = new Map<string, FleetSource>()
    private readonly refusedNames = new Set<string>()
    private readonly listeners: FleetListener[] = []
    private readonly now: () => number

    constructor(private readonly options: FleetOptions) {
        this.now = options.now ?? Date.now
    }

    listen(listener: FleetListener): void {
        this.listeners.push(listener)
    }

    /** All sources at once, until each has told all or the signal is aborted. @throws what one of them throws */
    async run(sources: readonly FleetSource[], signal: AbortSignal): Promise<void> {
        const left = new AbortController()
        const over = AbortSignal.any([signal, left.signal])
        // Each of many boards waits for it.
        setMaxListeners(0, over)
        const looking = setInterval(() => this.look(), LOOK_MS)
        try {
            await Promise.all(sources.map(source => source.run(this.intakeOf(source), over)))
        } finally {
            clearInterval(looking)
            left.abort()
        }
    }

    /** Looks who does not report any more: to all who listen it is gone then, whatever its source thinks. */
    look(): void {
        const nowMs = this.now()
        for (const board of this.boards.values()) if (board.isQuiet(nowMs)) this.leaves(board)
    }

    private leaves(board: FleetBoard): void {
        const lost: MemoryEvent = { kind: "link", atMs: 0, phase: "closed", message: "" }
        const reading = board.add([lost], { receivedMs: this.now() })
        for (const listener of this.listeners) {
            if (reading) listener.reading?.(reading)
            listener.went?.(board)
        }
    }

    /** What a source gives its boards to. */
    intakeOf(source: FleetSource): FleetIntake {
        return {
            board: identity => this.take(identity, source),
            notify: this.options.notify,
        }
    }

    private take(identity: BoardIdentity, source: FleetSource): BoardIntake | undefined {
        const name = boardName(identity.name)
        const owner = this.owners.get(name)
        const most = this.options.maxBoards ?? MAX_BOARDS
        if (owner === undefined && this.boards.size >= most)
            return this.refuse(name, `there are ${most} boards already`)
        if (owner !== undefined && owner !== source)
            return this.refuse(name, `a board of that name is reached another way: ${owner.how}`)
        let board = this.boards.get(name)
        if (!board) {
            board = new FleetBoard(identity)
            this.boards.set(name, board)
            this.owners.set(name, source)
        }
        for (const listener of this.listeners) listener.came?.(board)
        return this.intake(board)
    }

    private intake(board: FleetBoard): BoardIntake {
        return {
            board,
            tell: (events, told = {}) => {
                const receivedMs = told.receivedMs ?? this.now()
                const before = board.count.doubled
                const reading = board.add(events, { ...told, receivedMs })
                // What comes twice is no news.
                if (board.count.doubled > before) return
                for (const listener of this.listeners) {
                    if (listener.event)
                        for (const event of events)
                            listener.event(board, event, reading?.atMs ?? receivedMs)
                    if (reading) listener.reading?.(reading)
                }
            },
            gone: () => this.leaves(board),
        }
    }

    /** Said once of each, and of a bounded number. */
    private refuse(name: string, why: string): undefined {
        this.refused++
        if (this.refusedNames.has(name) || this.refusedNames.size >= 100) return
        this.refusedNames.add(name)
        this.options.notify(`${name} is not taken: ${why}`)
    }
}
