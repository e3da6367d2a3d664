import type { Board } from "../../boards/board"
import type { HeapBlock } from "../../model/heap/block"
import { heapBarLegend, renderHeapBar } from "./charts/heap-bar"
import { sanitize } from "../../base/sanitize"
import type { GcFigures, HeapFigures, LogLine, Sample } from "../../documents/sim-report"
import type { Style } from "./style"
import { fit, flow } from "./text-layout"
import { renderTimeline, timelineLegend } from "./charts/timeline"
import {
    formatBytesExact,
    formatCount,
    formatDuration,
    formatPercent,
} from "../../base/format-units"

/** A board at one moment, as the live view shows it. */
export interface LiveState {
    entry: string
    board: Pick<Board, "id" | "chip">
    nowMs: number
    heap: HeapFigures
    gc: GcFigures
    blocks: readonly HeapBlock[]
    /** The latest, oldest first. */
    samples: readonly Sample[]
    /** The latest lines, oldest first. */
    log: readonly LogLine[]
    /** Lines of the screen. */
    rows: number
}

/** Lines of everything but the timeline's plot and the log, when the head and legend wrap. */
const FIXED_ROWS = 16
const MAX_PLOT_ROWS = 10
const MIN_PLOT_ROWS = 3

/** What the timeline looks back on, in milliseconds. */
const WINDOW_MS = 60_000

/** A running board on a terminal: figures, timeline, heap and the end of the log, one screen high. */
export function renderLive(state: LiveState, style: Style): string {
    const { heap, gc, board, nowMs } = state
    const { colors: c } = style
    const head = [
        c.bold(c.green("●")) + " " + c.bold(sanitize(state.entry)),
        `${board.id} (${board.chip})`,
        formatDuration(Math.floor(nowMs / 100) * 100),
        c.dim("Ctrl-C ends with the report"),
    ]
    const share = (bytes: number) => c.dim(` ${formatPercent(bytes / heap.capacityBytes)}`)
    const figures = [
        `used ${formatBytesExact(heap.usedBytes)}${share(heap.usedBytes)}`,
        `live ${formatBytesExact(heap.liveBytes)}${share(heap.liveBytes)}`,
        `largest hole ${formatBytesExact(heap.largestFreeBytes)}`,
        `most live ${formatBytesExact(heap.highWaterLiveBytes)}`,
        `${formatCount(gc.collections)} collections`,
    ]
    const spare = Math.max(MIN_PLOT_ROWS, state.rows - FIXED_ROWS)
    const plotRows = Math.min(MAX_PLOT_ROWS, Math.max(MIN_PLOT_ROWS, spare >> 1))
    const logLines = state.log.slice(-Math.max(1, spare - plotRows))
    const timeline = {
        fromMs: Math.max(0, nowMs - WINDOW_MS),
        toMs: Math.max(nowMs, 1),
        capacityBytes: heap.capacityBytes,
        rows: plotRows,
    }
    const heapStart = state.blocks[0]?.address ?? 0
    const bar = { heapStart, capacityBytes: heap.capacityBytes, rows: 2 }
    return [
        flow(head, style.width, "  "),
        flow(figures, style.width),
        "",
        renderTimeline(state.samples, timeline, style),
        timelineLegend(style),
        "",
        renderHeapBar(state.blocks, bar, style),
        heapBarLegend(state.blocks, heapStart, style),
        "",
        ...logLines.map(
            line => c.dim(formatDuration(line.atMs).padStart(9)) + "  " + sanitize(line.text),
        ),
    ]
        .join("\n")
        .split("\n")
        .slice(0, state.rows - 1)
        .map(line => fit(line, style.width))
        .join("\n")
}
