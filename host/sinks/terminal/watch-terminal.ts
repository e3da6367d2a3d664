import stringWidth from "string-width"
import type { Control } from "../../model/flow"
import type { MemoryModel } from "../../model/memory-model"
import type { LogLine } from "../../model/figures"
import type { SampleEvent } from "../../model/events"
import { nameOfPanic } from "../../analysis/outcome/panic"
import { sanitize } from "../../base/sanitize"
import { heapBarLegend, renderHeapBar } from "./charts/heap-bar"
import { renderStructures } from "./charts/structure-bars"
import type { Style } from "./text/style"
import { fit, flow } from "./text/text-layout"
import { renderTimeline, timelineLegend } from "./charts/timeline"
import {
    formatBytesExact,
    formatCount,
    formatDuration,
    formatPercent,
} from "../../base/format-units"

/** What `heapscope watch` shows beside what the model knows. */
export interface WatchScreen {
    /** The program, and how its board is reached. */
    program: string
    source: string
    board: { id: string; chip: string; capacityBytes: number }
    /** The screen stands still; the source goes on. */
    isPaused: boolean
    showsHelp: boolean
    /** What the last key did. */
    notice: string
    /** What may be done to the source. */
    can?: Control
}

/** What the timeline spans, in milliseconds: the least of these that has all, or the last minute. */
const WINDOWS_MS = [10_000, 30_000, 60_000] as const
/** It moves on by this much at once: what stands still is easier to read, and need not be drawn again. */
const STEP_MS = 500
const MAX_PLOT_ROWS = 12
const MIN_PLOT_ROWS = 2
/** A timeline's lines beside its plot, with its legend and the empty line after it. */
const TIMELINE_EXTRA_ROWS = 5
const MIN_LOG_ROWS = 3
/** The heap map's own lines, its legend in one or two, and the empty line after it. */
const MAP_BAR_ROWS = 2
const MAP_ROWS = MAP_BAR_ROWS + 3

/** Keys, what they do, and what the source has to offer for them. */
const HELP: readonly (readonly [string, string, (keyof Control)?])[] = [
    ["p", "pause: the screen stands still, the source and a recording go on"],
    ["s", "the whole heap's figures, exactly; a real board stands still for it"],
    ["←", "10 s back in the recording; → 10 s on", "seek"],
    ["b", "press the simulated board's buttons; + and - turn its knobs", "press"],
    ["m", "mark this moment in the log and in a recording"],
    ["q", "quit, as does Ctrl-C"],
]

/**
 * A whole screen of `rows` lines, none wider than `style.width`: head, figures, timeline, structures,
 * log, keys. What does not fit is left out, the log's oldest lines first.
 */
export function renderWatch(
    model: MemoryModel,
    screen: WatchScreen,
    rows: number,
    style: Style,
): string[] {
    const { colors: c, width } = style
    const top = [
        ...renderHead(model, screen, style),
        ...renderFigures(model, screen.board.capacityBytes, style),
        "",
    ]
    const structures = [...model.structures.values()]
    const tables =
        structures.length > 0 ? [...renderStructures(structures, style).split("\n"), ""] : []
    const keys = renderKeys(screen, style)

    const mapRows = model.heapMap.blocks.length > 0 ? MAP_ROWS : 0
    let spare = rows - top.length - tables.length - 1
    const plotRows = Math.min(
        MAX_PLOT_ROWS,
        (spare - TIMELINE_EXTRA_ROWS - MIN_LOG_ROWS - mapRows) >> 1,
    )
    const hasChart = plotRows >= MIN_PLOT_ROWS && model.samples.length > 0
    const chart = !hasChart ? [] : renderChart(model, screen, plotRows, style)
    spare -= chart.length
    const map = spare >= MAP_ROWS + MIN_LOG_ROWS ? renderMap(model, style) : []
    spare -= map.length
    const pane = screen.showsHelp
        ? HELP.filter(([, , needs]) => !needs || screen.can?.[needs])
              .map(([key, does]) => `${c.bold(key)}  ${does}`)
              .slice(0, Math.max(0, spare))
        : renderLog(model.log, Math.max(0, spare), style)

    const body = [...top, ...chart, ...map, ...tables, ...pane].slice(0, Math.max(0, rows - 1))
    while (body.length < rows - 1) body.push("")
    return [...body, keys].slice(-rows).map(line => fit(line, width))
}

function renderHead(
    model: MemoryModel,
    screen: WatchScreen,
    { colors: c, width }: Style,
): string[] {
    const { panic, deaths, link } = model
    const phase = link?.phase ?? "open"
    const isWell = phase === "open" && !panic
    const lamp = isWell ? c.green("●") : phase === "connecting" ? c.yellow("●") : c.red("●")
    const parts = [
        `${lamp} ${c.bold(sanitize(screen.program))}`,
        `${sanitize(screen.board.id)} (${sanitize(screen.board.chip)})`,
        sanitize(screen.source),
        formatDuration(Math.floor(model.nowMs / 100) * 100),
    ]
    if (link && phase !== "open") parts.push(c.yellow(`${phase}: ${sanitize(link.message)}`))
    if (panic) parts.push(c.bold(c.red(`panic ${panic.code}: ${nameOfPanic(panic.code)}`)))
    if (deaths > (panic ? 1 : 0)) parts.push(c.yellow(`died ${formatCount(deaths)}x`))
    if (screen.isPaused) parts.push(c.inverse(" paused "))
    return flow(parts, width, "  ").split("\n")
}

function renderFigures(model: MemoryModel, capacityBytes: number, style: Style): string[] {
    return [...renderLatest(model, capacityBytes, style), ...renderExact(model, style)]
}

function renderLatest(
    model: MemoryModel,
    capacityBytes: number,
    { colors: c, width }: Style,
): string[] {
    const sample = model.samples.at(-1)
    if (!sample) {
        // The agent's structures come in every report, where the heap begins in one of 16.
        const why =
            model.structures.size > 0
                ? "no estimates yet: the agent tells where the heap begins every 16 reports"
                : "no figures yet: a real board tells them if its program links the agent"
        return [c.dim(why)]
    }
    const share = (bytes: number) => c.dim(` ${formatPercent(bytes / capacityBytes)}`)
    const about = sample.estimate ? "about " : ""
    const parts = [
        `used ${about}${formatBytesExact(sample.usedBytes)}${share(sample.usedBytes)}${errorOf(sample)}`,
        `live ${about}${formatBytesExact(sample.liveBytes)}${share(sample.liveBytes)}`,
        `largest free block ${about}${formatBytesExact(sample.largestFreeBytes)}`,
        `most used ${formatBytesExact(model.highWaterUsedBytes)}`,
        `${sample.estimate ? "at least " : ""}${formatCount(sample.collections)} collection${sample.collections === 1 ? "" : "s"}`,
    ]
    return flow(parts, width).split("\n")
}

function renderExact({ figures }: MemoryModel, { colors: c, width }: Style): string[] {
    if (!figures) return []
    const { atMs, heap } = figures
    const parts = [
        c.bold(`exactly, at ${formatDuration(Math.round(atMs))}`),
        `used ${formatBytesExact(heap.usedBytes)}`,
        `live ${formatBytesExact(heap.liveBytes)}`,
        `largest free block ${formatBytesExact(heap.largestFreeBytes)}`,
        `${formatCount(heap.blocks)} blocks`,
        `broken up ${formatPercent(heap.fragmentation)}`,
    ]
    return flow(parts, width).split("\n")
}

function errorOf({ estimate }: SampleEvent): string {
    return estimate ? ` ± ${formatBytesExact(estimate.errorBytes)}` : ""
}

function renderChart(
    model: MemoryModel,
    { board }: WatchScreen,
    rows: number,
    style: Style,
): string[] {
    const last = model.samples.at(-1)
    const endMs = last?.atMs ?? model.nowMs
    const upToMs = Math.ceil(endMs / STEP_MS) * STEP_MS
    const windowMs = WINDOWS_MS.find(window => upToMs <= window) ?? WINDOWS_MS[2]
    const fromMs = Math.max(0, upToMs - windowMs)
    const options = {
        fromMs,
        toMs: fromMs + windowMs,
        endMs,
        capacityBytes: board.capacityBytes,
        rows,
        died: model.panic !== undefined,
    }
    return [...renderTimeline(model.samples, options, style).split("\n"), timelineLegend(style), ""]
}

/** The heap by address, where the source tells it. */
function renderMap({ heapMap }: MemoryModel, style: Style): string[] {
    const { blocks, capacityBytes } = heapMap
    if (blocks.length === 0) return []
    const bar = renderHeapBar(blocks, { heapStart: 0, capacityBytes, rows: MAP_BAR_ROWS }, style)
    const legend = heapBarLegend(blocks, 0, style)
        .split("\n")
        .slice(0, MAP_ROWS - MAP_BAR_ROWS - 1)
    return [...bar.split("\n"), ...legend, ""]
}

function renderLog(log: readonly LogLine[], rows: number, { colors: c }: Style): string[] {
    const paint = { log: String, warn: c.yellow, error: c.red, debug: c.dim, runtime: c.dim }
    return (rows > 0 ? log.slice(-rows) : []).map(
        ({ atMs, level, text }) =>
            c.dim(formatDuration(Math.round(atMs)).padStart(9)) +
            "  " +
            paint[level](sanitize(text)),
    )
}

/** The last line: the keys, and what the last one did. */
export function renderKeys({ notice }: WatchScreen, { colors: c, width }: Style): string {
    const keys = ["p pause", "s exact", "m mark", "? help", "q quit"].join("   ")
    const told = sanitize(notice)
    if (told === "") return fit(c.dim(keys), width)
    // For a while the keys make way for what does not fit beside them.
    const fits = stringWidth(`${keys}   ${told}`) <= width
    return fit(fits ? `${c.dim(keys)}   ${c.bold(told)}` : c.bold(told), width)
}
