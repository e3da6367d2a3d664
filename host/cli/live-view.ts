import { createLogUpdate } from "log-update"
import type { Board } from "../boards/board"
import type { MemoryEvent } from "../model/events"
import type { LogLine, Sample } from "../documents/sim-report"
import { printable } from "../base/sanitize"
import { renderLive } from "../sinks/terminal/live-terminal"
import type { Style } from "../sinks/terminal/style"
import type { Program } from "../model/program/program"
import type { SimulatedBoard } from "../simulator/simulated-board"

const FRAME_MS = 100
/** What the timeline shows: the last minute, at ten samples a second. */
const MAX_SAMPLES = 600
const MAX_LINES = 30

/** A running board on a terminal, redrawn in place ten times a second. */
export class LiveView {
    private readonly update: ReturnType<typeof createLogUpdate>
    private readonly samples: Sample[] = []
    private readonly log: LogLine[] = []
    private drawnAt = -Infinity

    constructor(
        private readonly stream: NodeJS.WriteStream,
        private readonly style: Style,
        private readonly program: Program,
        private readonly board: Board,
    ) {
        this.update = createLogUpdate(stream)
    }

    add(event: MemoryEvent): void {
        if (event.kind === "sample") keepLast(this.samples, event, MAX_SAMPLES)
        else if (event.kind === "log") keepLast(this.log, event, MAX_LINES)
    }

    draw(board: SimulatedBoard): void {
        const now = performance.now()
        if (now - this.drawnAt < FRAME_MS) return
        this.drawnAt = now
        if (!board.tracker.heap) return
        const { samples, log, program } = this
        const state = {
            entry: program.entry,
            board: this.board,
            nowMs: board.nowMs,
            heap: board.tracker.figures(),
            gc: board.tracker.gcFigures(),
            blocks: board.blocks(),
            samples,
            log,
            rows: this.stream.rows ?? 24,
        }
        this.update(printable(renderLive(state, this.style), true))
    }

    /** Takes the live view off the screen, for the report to take its place. */
    close(): void {
        this.update.clear()
        this.update.done()
    }
}

function keepLast<T>(list: T[], item: T, most: number): void {
    list.push(item)
    if (list.length > most) list.shift()
}
