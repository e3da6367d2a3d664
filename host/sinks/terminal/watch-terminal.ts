import stringWidth from "string-width"
import type { MemoryModel } from "../../model/memory-model"
import type { LogLine } from "../../model/figures"
import { nameOfPanic } from "../../analysis/outcome/panic"
import { sanitize } from "../../base/sanitize"
import type { Judgement } from "../../model/judgement"
import { renderVerdict } from "./judgement-terminal"
import { renderShown } from "./shown-terminal"
import { helpPages } from "./watch-help"
import { heapBarLegend, renderHeapBar } from "./charts/heap-bar"
import { renderStructures } from "./charts/structure-bars"
import type { Style } from "./text/style"
import { fit, flow, wrap } from "./text/text-layout"
import { renderTimeline, timelineLegend } from "./charts/timeline"
import {
    formatBytesExact,
    formatCount,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../base/format-units"

/** What `heapscope watch` shows beside what the model knows. */
export interface WatchScreen {
    /** The program, and how its board is reached. */
    program: string
    source: string
    board: { id: string; chip: string; capacityBytes: number }
    /** What else is to be known for as long as it is shown. */
    announced?: readonly string[]
    /** The screen stands still; the source goes on. */
    isPaused: boolean
    /** The page of the help that is shown, from 1; 0 for none. */
    helpPage: number
    /** What the last key did. */
    notice: string
    /** What the run comes to so far. */
    judgement?: Judgement
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
const MIN_DISPLAY_ROWS = 5
/** The heap map's own lines, its legend in one or two, and the empty line after it. */
const MAP_BAR_ROWS = 2
const MAP_ROWS = MAP_BAR_ROWS + 3

/**
 * A whole screen of `rows` lines, none wider than `style.width`: head, figures, displays, timeline,
 * structures, log, keys. What does not fit is left out, the log's oldest lines first.
 */
export function renderWatch(
    model: MemoryModel,
    screen: WatchScreen,
    rows: number,
    style: Style,
): string[] {
    const { width } = style
    const keys = renderKeys(screen, style)
    if (screen.helpPage > 0) {
        const pages = helpPages(model, rows - 2, style)
        const page = pages[(screen.helpPage - 1) % pages.length] ?? []
        return filled(page, [renderHelpKeys(screen.helpPage, pages.length, style)], rows, width)
    }
    const top = [
        ...renderHead(model, screen, style),
        ...(screen.announced ?? []).flatMap(text => wrap(sanitize(text), width)),
        ...(screen.judgement ? renderVerdict(screen.judgement, style) : []),
        ...renderFigures(model, screen.board.capacityBytes, style),
        "",
    ]
    const structures = [...model.structures.values()]
    const tables =
        structures.length > 0 ? [...renderStructures(structures, style).split("\n"), ""] : []

    const mapRows = model.heapMap.blocks.length > 0 ? MAP_ROWS : 0
    let spare = rows - top.length - tables.length - keys.length
    const displays = renderDisplays(model, spare - MIN_LOG_ROWS, style)
    spare -= displays.length
    const plotRows = Math.min(
        MAX_PLOT_ROWS,
        (spare - TIMELINE_EXTRA_ROWS - MIN_LOG_ROWS - mapRows) >> 1,
    )
    const hasChart = plotRows >= MIN_PLOT_ROWS && model.samples.length > 0
    const chart = !hasChart ? [] : renderChart(model, screen, plotRows, style)
    spare -= chart.length
    const map = spare >= MAP_ROWS + MIN_LOG_ROWS ? renderMap(model, style) : []
    spare -= map.length
    const log = renderLog(model.log, Math.max(0, spare), style)
    return filled([...top, ...displays, ...chart, ...map, ...tables, ...log], keys, rows, width)
}

/** What was told of displays is what somebody wanted to see: it gets the room that there is. */
function renderDisplays({ shown }: MemoryModel, rows: number, style: Style): string[] {
    if (shown.length === 0 || rows < MIN_DISPLAY_ROWS) return []
    return [...renderShown(shown, style, rows - 1).split("\n"), ""].slice(0, rows)
}

/** As many lines as there are rows, the last ones at the bottom. */
function filled(
    lines: readonly string[],
    last: readonly string[],
    rows: number,
    width: number,
): string[] {
    const room = Math.max(0, rows - last.length)
    const body = lines.slice(0, room)
    while (body.length < room) body.push("")
    return [...body, ...last].slice(-rows).map(line => fit(line, width))
}

function renderHelpKeys(page: number, pages: number, { colors: c, width }: Style): string {
    const more = pages > 1 ? `page ${((page - 1) % pages) + 1} of ${pages}   ? next page   ` : ""
    return fit(
        c.dim(`${more}any other key goes back   heapscope explain <word> has them all`),
        width,
    )
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
        // The agent's structures come in every report; where the heap begins in one of 16, or from a reading.
        const why =
            model.structures.size > 0
                ? "no estimates yet: where the heap begins is not known yet"
                : "no figures yet: a real board tells them if its program links the agent"
        return [c.dim(why)]
    }
    const share = (bytes: number) => c.dim(` ${formatPercent(bytes / capacityBytes)}`)
    const about = sample.estimate ? "about " : ""
    const parts = [
        `used ${about}${formatBytesExact(sample.usedBytes)}${share(sample.usedBytes)}${errorOf(sample.estimate?.errorBytes)}`,
        `live ${about}${formatBytesExact(sample.liveBytes)}${share(sample.liveBytes)}${errorOf(sample.estimate?.liveErrorBytes)}`,
        `largest free block ${about}${formatBytesExact(sample.largestFreeBytes)}`,
        `most used ${formatBytesExact(model.highWaterUsedBytes)}`,
        `${sample.estimate ? "at least " : ""}${formatCountOf(sample.collections, "collection")}`,
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
        formatCountOf(heap.blocks, "block"),
        `fragmentation ${formatPercent(heap.fragmentation)}`,
    ]
    return flow(parts, width).split("\n")
}

function errorOf(bytes: number | undefined): string {
    return bytes === undefined ? "" : ` ± ${formatBytesExact(bytes)}`
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
        marks: model.marks,
    }
    const legend = timelineLegend(style, model.marks.length > 0)
    return [...renderTimeline(model.samples, options, style).split("\n"), legend, ""]
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

/** The last line, or lines: the keys, and what the last one did, whole however long it is. */
export function renderKeys({ notice }: WatchScreen, { colors: c, width }: Style): string[] {
    const keys = ["p pause", "s exact", "m mark", "? help", "q quit"].join("   ")
    const told = sanitize(notice)
    if (told === "") return [fit(c.dim(keys), width)]
    // For a while the keys make way for what does not fit beside them.
    const fits = stringWidth(`${keys}   ${told}`) <= width
    if (fits) return [`${c.dim(keys)}   ${c.bold(told)}`]
    return wrap(told, width).map(line => c.bold(line))
}
