import { compareConclusion, judge, runLabels } from "./text/comparison-text"
import type {
    CompareReport,
    CompareRow,
    MetricUnit,
    RunSummary,
} from "../../documents/compare-report"
import { METRICS } from "../../analysis/compare"
import { sanitize } from "../../base/sanitize"
import { renderJudgement } from "./judgement-terminal"
import type { Sample } from "../../documents/sim-report"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { fit, flow, indent, wrap } from "./text/text-layout"
import { renderTimeline, timelineLegend } from "./charts/timeline"
import {
    formatByteRate,
    formatBytes,
    formatCount,
    formatDuration,
    formatMemory,
    formatPercent,
    formatPoints,
    formatRate,
    formatRatio,
    formatSigned,
} from "../../base/format-units"
import { programName, verdictLine } from "../../analysis/outcome/verdict"
import { ranMs } from "../../documents/sim-report"

/** Both runs' samples, for the timelines; an empty one draws none. */
export interface CompareSamples {
    a: readonly Sample[]
    b: readonly Sample[]
}

/**
 * A comparison for a terminal: the conclusion in a line, both verdicts, the figures with
 * difference and ratio, the logs, and both timelines on one scale. No line is wider than
 * `style.width`.
 */
export function renderCompareReport(
    compare: CompareReport,
    samples: CompareSamples,
    style: Style,
): string {
    const inner = indent.narrow(style)
    const sections = [
        renderRuns(compare, inner),
        renderRows(compare, inner),
        renderLogs(compare, inner),
        renderTimelines(compare, samples, inner),
    ].filter(section => section !== "")
    return [
        renderConclusion(compare, style),
        indent.lines(sections.join("\n\n"), inner),
        renderConclusion(compare, style),
        indent.lines(renderLast(compare, inner), inner),
    ].join("\n\n")
}

function renderConclusion(compare: CompareReport, { colors: c, width }: Style): string {
    const { severity, text } = compareConclusion(compare)
    const color = { good: c.green, neutral: String, bad: c.red }[severity]
    return wrap(text, width)
        .map(line => c.bold(color(line)))
        .join("\n")
}

/** What b comes to, in full: it is the one to go on with. */
function renderLast({ b }: CompareReport, style: Style): string {
    return renderJudgement(b.judgement, undefined, style)
}

function renderRuns({ a, b }: CompareReport, style: Style): string {
    return [renderRun("a", a, style), renderRun("b", b, style)].join("\n")
}

function renderRun(name: "a" | "b", run: RunSummary, { colors: c, width }: Style): string {
    const { severity, symbol, text } = verdictLine(run)
    const color = { good: c.green, warning: c.yellow, bad: c.red }[severity]
    const { board } = run
    const place =
        `${programName(run)} on ${sanitize(board.id)} (${sanitize(board.chip)}), ` +
        `${formatMemory(board.heapBytes)} heap`
    const verdict = wrap(`${symbol} ${text}`, Math.max(1, width - 3))
    return [
        `${c.bold(name)}  ${fit(place, width - 3)}`,
        ...verdict.map(line => `   ${color(line)}`),
    ].join("\n")
}

function renderRows(compare: CompareReport, style: Style): string {
    const { colors: c } = style
    const sameLength = ranMs(compare.a) === ranMs(compare.b)
    const rows = compare.rows.map(row => {
        const isOverdue = isTotal(row) && !sameLength
        const judgement = isOverdue ? undefined : judge(row)
        const color =
            judgement === undefined ? String : { better: c.green, worse: c.red }[judgement]
        return [
            isOverdue ? `${labelOf(row)} *` : labelOf(row),
            formatValue(row.a, row.unit),
            formatValue(row.b, row.unit),
            color(formatDifference(row)),
            color(formatRatio(row.ratio)),
            color(judgement ?? ""),
        ]
    })
    const table = renderTable(
        [
            { title: "Figures", align: "left" },
            { title: "a", align: "right" },
            { title: "b", align: "right" },
            { title: "b - a", align: "right" },
            { title: "b / a", align: "right" },
            { title: "b is", align: "left" },
        ],
        rows,
        style,
    )
    if (sameLength) return table
    const lengths = [compare.a, compare.b].map(run => formatDuration(ranMs(run)))
    const note = `* added up over different times, ${lengths.join(" and ")}: compare the rates`
    return [table, ...wrap(note, style.width).map(line => c.dim(line))].join("\n")
}

function renderLogs({ sameLog, firstLogDifference }: CompareReport, style: Style): string {
    const { colors: c, width } = style
    if (sameLog) return `${c.bold("Logs")}  the same`
    if (firstLogDifference === undefined) return `${c.bold("Logs")}  of different lengths`
    const { index, a, b } = firstLogDifference
    if (a === undefined || b === undefined) {
        const shorter = a === undefined ? "a" : "b"
        if (index === 0) return `${c.bold("Logs")}  only ${a === undefined ? "b" : "a"} has one`
        const lines = `${formatCount(index)} line${index === 1 ? "" : "s"}`
        return `${c.bold("Logs")}  the same until ${shorter}'s ends, after ${lines}`
    }
    return [
        `${c.bold("Logs")}  different from line ${formatCount(index + 1)} on`,
        fit(`${c.bold("a")}  ${sanitize(a.text)}`, width),
        fit(`${c.bold("b")}  ${sanitize(b.text)}`, width),
    ].join("\n")
}

function renderTimelines(compare: CompareReport, samples: CompareSamples, style: Style): string {
    const { a, b } = compare
    const scale = {
        fromMs: 0,
        toMs: Math.max(ranMs(a), ranMs(b)),
        capacityBytes: Math.max(a.heap.capacityBytes, b.heap.capacityBytes),
        rows: 8,
    }
    const [labelA, labelB] = runLabels(compare)
    const charts = [
        { name: "a", label: labelA, run: a, samples: samples.a },
        { name: "b", label: labelB, run: b, samples: samples.b },
    ].filter(chart => chart.samples.length > 0)
    if (charts.length === 0) return ""
    const { colors: c, width } = style
    const legend = flow([c.bold("Heap over time"), timelineLegend(style)], width)
    return [
        legend,
        ...charts.map(({ name, label, run, samples }) => {
            const died = run.outcome.kind === "panicked"
            const options = { ...scale, endMs: ranMs(run), died }
            const title = label === name ? c.bold(name) : `${c.bold(name)}  ${label}`
            return `${title}\n${renderTimeline(samples, options, style)}`
        }),
    ].join("\n")
}

function isTotal(row: CompareRow): boolean {
    return METRICS[row.metric].isTotal === true
}

const FORMATS: Record<MetricUnit, (value: number) => string> = {
    bytes: formatBytes,
    "bytes-per-second": formatByteRate,
    "bytes-per-hour": value => `${formatBytes(value)}/h`,
    ms: formatDuration,
    count: formatCount,
    "per-second": formatRate,
    share: formatPercent,
}

function formatValue(value: number | null, unit: MetricUnit): string {
    if (value !== null) return FORMATS[unit](value)
    return unit === "ms" ? "survived" : "-"
}

function formatDifference({ difference, unit }: CompareRow): string {
    if (difference === null) return "-"
    return formatSigned(difference, unit === "share" ? formatPoints : FORMATS[unit])
}

function labelOf({ metric }: CompareRow): string {
    return METRICS[metric].label ?? metric
}
