import {
    formatByteRate,
    formatBytes,
    formatCount,
    formatCountOf,
    formatDuration,
    formatMemory,
    formatPercent,
} from "../../base/format-units"
import { sanitize } from "../../base/sanitize"
import type {
    CompareRecordingsReport,
    Measured,
    RecordedMetric,
    RecordedRow,
    RecordedUnit,
    RecordingSummary,
    StructureUse,
    Told,
} from "../../documents/compare-recordings-report"
import { rateWords } from "../../analysis/outcome/structure-worth"
import { renderHeadline, renderJudgement } from "./judgement-terminal"
import { recordingsConclusion } from "./text/recordings-text"
import type { Style } from "./text/style"
import { renderTable, type TableColumn } from "./text/table"
import { fit, indent, wrap } from "./text/text-layout"

const LABELS: Partial<Record<RecordedMetric, string>> = {
    "most live": "high-water live",
    "most used": "high-water used",
    "median largest hole": "median largest free block",
    "least largest hole": "least largest free block",
}

const FORMATS: Record<RecordedUnit, (value: number) => string> = {
    bytes: formatBytes,
    "bytes-per-second": formatByteRate,
    ms: formatDuration,
    "per-hour": value =>
        `${value > 0 && value < 10 ? value.toFixed(2).replace(/\.?0+$/, "") : formatCount(value)}/h`,
}

/** What a name may take at least, and what counts and words take beside it, in columns. */
const MIN_NAME = 20
const COUNT_COLUMNS = 30

/** What is said of b. */
const WORDS: Record<Told, string> = {
    better: "better",
    worse: "worse",
    other: "different",
    same: "the same",
    "not-told": "not told",
}

/**
 * Two recordings for a terminal: what comes of it in a line, what each is of, the figures with their
 * errors, deaths and structures. No line is wider than `style.width`.
 */
export function renderRecordings(report: CompareRecordingsReport, style: Style): string {
    const inner = indent.narrow(style)
    const sections = [
        [renderSide("a", report.a, inner), renderSide("b", report.b, inner)].join("\n"),
        renderNotes(report, inner),
        renderRows(report, inner),
        renderDeaths(report, inner),
        renderStructures(report, inner),
    ].filter(section => section !== "")
    const conclusion = renderConclusion(report, style)
    return [
        conclusion,
        indent.lines(sections.join("\n\n"), inner),
        conclusion,
        indent.lines(renderJudgement(report.b.judgement, undefined, inner), inner),
    ].join("\n\n")
}

function renderConclusion(report: CompareRecordingsReport, { colors: c, width }: Style): string {
    const { severity, text } = recordingsConclusion(report)
    const color = { good: c.green, neutral: String, bad: c.red }[severity]
    return wrap(text, width)
        .map(line => c.bold(color(line)))
        .join("\n")
}

function renderSide(name: "a" | "b", side: RecordingSummary, style: Style): string {
    const { colors: c, width } = style
    const { board, recordedMs, samples, estimates, program, judgement } = side
    const hash = program.sha256 === undefined ? "" : `, program ${program.sha256.slice(0, 12)}…`
    const of = `${sanitize(side.file)}${hash}`
    const told =
        `${sanitize(board.id)} (${sanitize(board.chip)}), ${formatMemory(board.heapBytes)} heap, ` +
        `recorded for ${formatDuration(recordedMs)}: ${formatCountOf(samples, "sample")}` +
        (estimates > 0 ? `, ${formatCount(estimates)} of them estimated` : "")
    return [
        `${c.bold(name)}  ${fit(of, width - 3)}`,
        ...wrap(told, Math.max(1, width - 3)).map(line => `   ${c.dim(line)}`),
        ...renderHeadline(judgement, { ...style, width: width - 3 })
            .split("\n")
            .map(line => `   ${line}`),
    ].join("\n")
}

function renderNotes({ notes }: CompareRecordingsReport, { colors: c, width }: Style): string {
    return notes.flatMap(note => wrap(note, width).map(line => c.yellow(line))).join("\n")
}

function renderRows({ rows }: CompareRecordingsReport, style: Style): string {
    return renderTable(
        columnsOf("Figures"),
        rows.map(row => [
            LABELS[row.metric] ?? row.metric,
            formatMeasured(row.a, row),
            formatMeasured(row.b, row),
            formatTold(row.told, style),
        ]),
        style,
    )
}

function columnsOf(title: string): TableColumn[] {
    return [
        { title, align: "left" },
        { title: "a", align: "right" },
        { title: "b", align: "right" },
        { title: "b is", align: "left" },
    ]
}

/** A figure with its error, as `12.3 kB ± 2,339 B`; `≥` before what is the least. */
function formatMeasured(measured: Measured | null, { metric, unit }: RecordedRow): string {
    if (measured === null) return metric === "time to death" ? "survived" : "-"
    const { value, low, high } = measured
    const text = FORMATS[unit](value)
    if (high === null) return `≥ ${text}`
    const error = Math.max(high - value, value - low)
    return error > 0 ? `${text} ± ${FORMATS[unit](error)}` : text
}

function formatTold(told: Told, { colors: c }: Style): string {
    const color = {
        ...{ better: c.green, worse: c.red },
        ...{ other: String, same: String, "not-told": c.dim },
    }[told]
    return color(WORDS[told])
}

function renderDeaths({ deaths }: CompareRecordingsReport, style: Style): string {
    if (deaths.length === 0) return ""
    const room = Math.max(MIN_NAME, style.width - COUNT_COLUMNS)
    return renderTable(
        columnsOf("Deaths"),
        deaths.map(({ code, name, at, a, b, told }) => {
            const where = at ? ` at ${sanitize(`${at.file}:${at.line}`)}` : ""
            return [
                fit(`${name} (${code})${where}`, room),
                formatCount(a),
                formatCount(b),
                formatTold(told, style),
            ]
        }),
        style,
    )
}

function renderStructures({ structures }: CompareRecordingsReport, style: Style): string {
    if (structures.length === 0) return ""
    const most = (use: StructureUse | null) =>
        use ? `${formatCount(use.highWaterMark)} of ${formatCount(use.capacity)}` : "-"
    const refused = (use: StructureUse | null) => (use ? formatCount(use.refused) : "-")
    const rate = (use: StructureUse | null) =>
        use?.worth?.asked
            ? `${formatPercent(use.worth.hits / use.worth.asked)} of ${formatCount(use.worth.asked)}`
            : "-"
    const rows = structures.flatMap(structure => {
        const { a, b } = structure
        const name = fit(sanitize(structure.name), MIN_NAME)
        const told = (one: Told) => (a && b ? formatTold(one, style) : "")
        return [
            [`${name}, most`, most(a), most(b), told(structure.highWaterMark)],
            [`${name}, refused`, refused(a), refused(b), told(structure.refused)],
            ...(a?.worth || b?.worth
                ? [
                      [
                          `${name}, ${rateWords((a?.worth ?? b!.worth)!.kind)}`,
                          rate(a),
                          rate(b),
                          told(structure.worth ?? "not-told"),
                      ],
                  ]
                : []),
        ]
    })
    return renderTable(columnsOf("Structures"), rows, style)
}
