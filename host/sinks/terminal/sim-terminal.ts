import stringWidth from "string-width"
import { renderAdvice } from "./advice-terminal"
import type { HeapBlock } from "../../model/heap/block"
import { gauge } from "./charts/gauge"
import { heapBarLegend, renderHeapBar } from "./charts/heap-bar"
import { renderLeaks } from "./leaks-terminal"
import { renderHeadline, renderJudgement } from "./judgement-terminal"
import { renderFigures } from "./figures"
import { sanitize } from "../../base/sanitize"
import type { Sample, SimReport, StackFrame } from "../../documents/sim-report"
import type { Shown } from "../../model/shown"
import type { Style } from "./text/style"
import { fit, fitEnd, flow, indent, padLeft, padRight, wrap } from "./text/text-layout"
import type { StructureFigures } from "../../model/events"
import { renderStructures } from "./charts/structure-bars"
import { renderTimeline, timelineLegend } from "./charts/timeline"
import { renderShown } from "./shown-terminal"
import { renderScenario } from "./scenario/scenario-terminal"
import { renderTypeTable } from "./type-table"
import { renderWorld } from "./world-terminal"
import {
    formatBytesExact,
    formatCount,
    formatDuration,
    formatMemory,
    formatRatio,
} from "../../base/format-units"
import { programName } from "../../analysis/outcome/verdict"
import { ranMs } from "../../documents/sim-report"

/** What the report draws beyond its figures. */
export interface SimReportExtras {
    /** Every block of the heap at the end, or at the panic; empty when they are not known. */
    blocks: readonly HeapBlock[]
    /** Address of the first block. */
    heapStart: number
    samples: readonly Sample[]
    /** What displays and LED strips show, to be drawn. */
    shown?: readonly Shown[]
    /** How many of the log's last lines to show. Default 5. */
    logLines?: number
}

const HEAP_BAR_ROWS = 3
const MAX_FRAMES = 10
const MAX_LOG_PARTS = 3

/**
 * The report of a simulated run for a terminal: the verdict, figures, pictures and the end of the
 * log, and last of all the verdict again with its reasons and what to run next. No line is wider than `style.width`; what the program wrote is sanitized.
 */
export function renderSimReport(report: SimReport, extras: SimReportExtras, style: Style): string {
    const inner = indent.narrow(style)
    const sections = [
        renderRun(report, inner),
        renderStack(report.outcome.stack ?? [], inner),
        renderLeaks(report, inner),
        renderAdvice(report.advice, inner, report),
        renderRequest(report, inner),
        renderFigures(report, inner),
        renderHeapOverTime(report, extras, inner),
        renderHeapByAddress(report, extras, inner),
        renderTypeTable(report.heap, inner),
        structuresSection(report.structures, inner),
        renderScenario(report.scenario, inner),
        renderWorld(report.world, inner),
        renderShown(extras.shown ?? [], inner),
        renderLog(report, extras.logLines ?? 5, inner),
    ].filter(section => section !== "")
    const { judgement, advice } = report
    return [
        renderHeadline(judgement, style),
        indent.lines(sections.join("\n\n"), inner),
        "",
        renderJudgement(judgement, advice?.[0], style),
    ].join("\n")
}

/** The library's structures, what is in them and what they are worth. */
export function structuresSection(
    structures: readonly StructureFigures[] | undefined,
    style: Style,
): string {
    if (!structures || structures.length === 0) return ""
    return `${style.colors.bold("Structures")}\n${renderStructures(structures, style)}`
}

/** What ran where, for how long. */
export function renderRun(
    { program, board, vm, wall, ...report }: SimReport,
    style: Style,
): string {
    const ran = ranMs(report)
    const parts = [
        `${programName({ program })} on ${sanitize(board.id)} (${sanitize(board.chip)})`,
        `${formatMemory(board.heapBytes)} heap`,
        `DeviceScript ${sanitize(vm.version)}`,
        `${formatDuration(ran)} simulated in ${formatDuration(wall.ms)}` +
            (wall.ms > 0 ? ` (${formatRatio(ran / wall.ms)} real time)` : ""),
    ]
    return flow(parts, style.width, " · ")
        .split("\n")
        .map(line => style.colors.dim(line))
        .join("\n")
}

/** `at function  file:line:column`, which terminals make a link to the line. */
function renderStack(stack: readonly StackFrame[], { colors: c, width }: Style): string {
    const frames = stack.slice(0, MAX_FRAMES).map(frame => ({
        name: sanitize(frame.function),
        place: fitEnd(`${sanitize(frame.file)}:${frame.line}:${frame.column}`, width - 8),
    }))
    const placeWidth = Math.max(0, ...frames.map(({ place }) => stringWidth(place)))
    const longest = Math.max(0, ...frames.map(({ name }) => stringWidth(name)))
    const nameWidth = Math.max(3, Math.min(longest, width - placeWidth - 5))
    // The first frame of the program itself is where to look; libraries only carried the call there.
    const own = stack.findIndex(({ file }) => !file.includes("node_modules/"))
    const lines = frames.map(({ name, place }, i) => {
        const shown = i === own ? c.bold(c.cyan(place)) : c.dim(place)
        return `${c.dim("at")} ${padRight(fit(name, nameWidth), nameWidth)}  ${shown}`
    })
    const hidden = stack.length - frames.length
    if (hidden > 0) lines.push(c.dim(`… and ${formatCount(hidden)} more`))
    return lines.join("\n")
}

/** What was asked for against what there was: the picture of an allocation that failed. */
function renderRequest({ outcome, heap }: SimReport, { colors: c, width }: Style): string {
    if (outcome.requestedBytes === undefined) return ""
    const rows = [
        { name: "request", bytes: outcome.requestedBytes, color: c.red },
        { name: "largest free block", bytes: heap.largestFreeBytes, color: c.cyan },
        { name: "free in all", bytes: heap.freeBytes, color: c.dim },
    ]
    const most = Math.max(...rows.map(({ bytes }) => bytes))
    const bytesWidth = Math.max(...rows.map(({ bytes }) => formatBytesExact(bytes).length))
    const gaugeWidth = Math.max(0, Math.min(60, width - 20 - bytesWidth))
    return rows
        .map(({ name, bytes, color }) => {
            const figure = padLeft(formatBytesExact(bytes), bytesWidth)
            return `${padRight(name, 18)}${figure}  ${color(gauge(bytes, most, gaugeWidth))}`
        })
        .join("\n")
}

function renderHeapOverTime(report: SimReport, extras: SimReportExtras, style: Style): string {
    if (extras.samples.length === 0) return ""
    const options = {
        fromMs: 0,
        toMs: ranMs(report),
        capacityBytes: report.heap.capacityBytes,
        rows: style.width < 96 ? 8 : 12,
        died: report.outcome.kind === "panicked",
    }
    return [
        flow([style.colors.bold("Heap over time"), timelineLegend(style)], style.width),
        renderTimeline(extras.samples, options, style),
    ].join("\n")
}

function renderHeapByAddress(report: SimReport, extras: SimReportExtras, style: Style): string {
    const { blocks, heapStart } = extras
    if (blocks.length === 0) return ""
    const { capacityBytes } = report.heap
    const cellBytes = Math.round(capacityBytes / (style.width * HEAP_BAR_ROWS))
    const title =
        style.colors.bold("Heap by address") +
        style.colors.dim(`   ${formatCount(cellBytes)} B a cell, low addresses first`)
    return [
        title,
        renderHeapBar(blocks, { heapStart, capacityBytes, rows: HEAP_BAR_ROWS }, style),
        heapBarLegend(blocks, heapStart, style),
    ].join("\n")
}

function renderLog(report: SimReport, count: number, { colors: c, width }: Style): string {
    const { log, logOmittedLines = 0 } = report
    // The VM's own lines about a death say less than the stack above does.
    const own = log.filter(({ level }) => level !== "runtime")
    const isOwn = !!report.outcome.stack?.length && own.length > 0
    const last = count > 0 ? (isOwn ? own : log).slice(-count) : []
    const lines = log.length + logOmittedLines
    if (last.length === 0) return ""
    const times = last.map(line => formatDuration(line.atMs))
    const timeWidth = Math.max(...times.map(time => time.length))
    const colors = { log: String, warn: c.yellow, error: c.red, debug: c.dim, runtime: c.dim }

    const title =
        c.bold("Log") +
        (last.length < lines
            ? c.dim(
                  `   the last ${last.length} of ${isOwn ? "the program's own among " : ""}${formatCount(lines)} lines`,
              )
            : "")
    const textWidth = Math.max(1, width - timeWidth - 2)
    const shown = last.flatMap((line, i) => {
        const level = line.level === "log" ? "" : `${line.level}: `
        return logText(level + sanitize(line.text), textWidth).map((text, part) => {
            const time = padLeft(part === 0 ? (times[i] ?? "") : "", timeWidth)
            return `${c.dim(time)}  ${colors[line.level](text)}`
        })
    })
    return [title, ...shown].join("\n")
}

/** A line that fits stays as it is; a long one goes on below, a very long one is cut. */
function logText(text: string, width: number): string[] {
    if (stringWidth(text) <= width) return [text]
    const lines = wrap(text, width)
    if (lines.length <= MAX_LOG_PARTS) return lines
    return [
        ...lines.slice(0, MAX_LOG_PARTS - 1),
        fit(lines.slice(MAX_LOG_PARTS - 1).join(" "), width),
    ]
}
