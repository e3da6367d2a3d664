import { UserError } from "../../base/errors"
import { formatCount, formatDuration } from "../../base/format-units"
import { nextTurn } from "../../base/pause"
import { HeapMapDiffer } from "../../model/heap/heap-map"
import type { Program } from "../../model/program/program"
import type { RunMoment } from "../../model/run-moment"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"
import type { Visit, VisitRequest } from "../../model/visit"
import type { SimulatedBoard } from "../../simulator/simulated-board"
import { RunHistory } from "../../simulator/time-travel/run-history"

/** Simulated milliseconds between keyframes at most: who watches wants to be there at once. */
const EVERY_MS = 20_000

/** Whoever wants to see what the board of a running simulation was at another moment. */
export class Visits {
    /** To be given to the run. */
    readonly history = new RunHistory({ everyMs: EVERY_MS })
    private readonly frames: SourceFrames
    /** One visit at a time: there is one board for them. */
    private busy: Promise<unknown> = Promise.resolve()

    constructor(program: Program) {
        this.frames = new SourceFrames(SourceMap.of(program.debug), program.sourceFolder)
    }

    /** @throws UserError when that moment has not come, or is forgotten */
    request({ to, maker }: VisitRequest): Promise<Visit> {
        return this.alone(async () => {
            const board = this.goTo(to)
            const moment = maker ? await this.makerOf(board, to, maker) : to
            return this.visitOf(maker ? this.goTo(moment) : board, moment)
        })
    }

    /** Has somebody look at the board at a moment. @throws UserError as `request` does */
    look<T>(at: RunMoment, look: (board: SimulatedBoard) => T): Promise<T> {
        return this.alone(() => Promise.resolve(look(this.goTo(at))))
    }

    private alone<T>(work: () => Promise<T>): Promise<T> {
        const done = this.busy.then(work)
        this.busy = done.catch(() => undefined)
        return done
    }

    private goTo(moment: RunMoment): SimulatedBoard {
        const { history } = this
        const past =
            history.goTo(this.known(moment)) ??
            (moment.kind === "log" && history.goTo(after(moment)))
        if (past && past.board.tracker.heap) return past.board
        throw new UserError("E_MOMENT", `${momentInWords(moment)}: ${this.why(moment)}`)
    }

    /** Before there is anything to look at is as soon as there is. */
    private known(moment: RunMoment): RunMoment {
        if (moment.kind !== "time") return moment
        const { fromMs, now } = this.history
        const nowMs = (now?.atUs ?? Infinity) / 1000
        // What is told of now is told at a whole millisecond, by when it was so.
        const upToMs = Math.ceil(nowMs) === moment.atMs ? nowMs : moment.atMs
        return { ...moment, atMs: Math.max(upToMs, Math.ceil(fromMs)) }
    }

    private why(moment: RunMoment): string {
        const { now, fromMs } = this.history
        if (!now || fromMs === Infinity) return "the board has not begun yet"
        if (moment.kind === "time" && moment.atMs * 1000 > now.atUs)
            return `the run is at ${formatDuration(Math.floor(now.atUs / 1000))}`
        if (moment.kind === "allocation" && moment.number > now.allocations)
            return `the run has made ${formatCount(now.allocations)} so far`
        if (moment.kind === "collection" && moment.number > now.collections)
            return `the run has had ${formatCount(now.collections)} so far`
        return `there is no heap then, or it is forgotten: what is known begins at ${formatDuration(Math.ceil(fromMs))}`
    }

    /** @param range of bytes from the heap's first block */
    private async makerOf(
        board: SimulatedBoard,
        at: RunMoment,
        range: NonNullable<VisitRequest["maker"]>,
    ): Promise<RunMoment> {
        const address = startOf(board) + range.address
        const block = board.blocks().find(block => block.address === address)
        if (!block) throw new UserError("E_MOMENT", "no block begins there at that moment.")
        if (block.type !== "free")
            return { kind: "allocation", number: board.allocationAt(address) }
        const search = this.history.holeOrigin(this.known(at), block)
        for (;;) {
            const { done, value } = search.next()
            if (!done) await nextTurn()
            else if (value) return value
            else
                throw new UserError(
                    "E_MOMENT",
                    "that hole has been there for as long as is known: nothing was ever made there.",
                )
        }
    }

    private visitOf(board: SimulatedBoard, moment: RunMoment): Visit {
        const { tracker, nowMs } = board
        const start = startOf(board)
        const blocks = board.blocks()
        const numbered = moment.kind === "allocation" && moment.number
        const made =
            numbered && blocks.find(({ address }) => board.allocationAt(address) === numbered)
        const address = moment.kind === "free" ? moment.address : made ? made.address : undefined
        return {
            ...{ moment, atMs: nowMs, heap: tracker.figures(), gc: tracker.gcFigures() },
            map: new HeapMapDiffer().diff(nowMs, blocks),
            stack: this.frames.stack(board.callStack(), []),
            ...(address !== undefined && { block: address - start }),
            fromMs: this.history.fromMs,
        }
    }
}

/** A line that is told otherwise than it was logged is not met: by then it was. */
function after({ atMs }: { atMs: number }): RunMoment {
    return { kind: "time", atMs: atMs + 1 }
}

function startOf(board: SimulatedBoard): number {
    return board.tracker.heap!.start
}

function momentInWords(moment: RunMoment): string {
    switch (moment.kind) {
        case "time":
            return formatDuration(moment.atMs)
        case "allocation":
        case "collection":
            return `${moment.kind} ${formatCount(moment.number)}`
        case "log":
            return `the line at ${formatDuration(moment.atMs)}`
        case "free":
            return "what the VM gave back"
    }
}
