import { formatBytes, formatCount } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type {
    GenerateReport,
    GeneratedRecord,
    GeneratedTableFacts,
} from "../../../documents/layout/generate-report"
import type { Style } from "../text/style"
import { renderTopTable } from "../text/table"
import { indent } from "../text/text-layout"

/** Rows of the table of fields. */
const MAX_FIELDS = 60
const STATES = {
    ...{ written: "written", unchanged: "up to date" },
    ...{ missing: "is not there", outOfDate: "is out of date" },
} as const
const BY = {
    ...{ arithmetic: "evenly spaced", hash: "perfect hash" },
    ...{ search: "binary search", words: "one after another" },
} as const

/** What was generated, for a terminal. */
export function renderGenerate(report: GenerateReport, style: Style): string {
    const { colors: c } = style
    const inner = indent.narrow(style)
    const files = report.outputs.map(({ for: target, file, state }) => {
        const isWrong = state === "missing" || state === "outOfDate"
        const mark = isWrong ? c.red("✗") : c.green("✓")
        const whom = target === "board" ? "for the board" : "for Node and the browser"
        return `${mark} ${sanitize(file)} ${STATES[state]}   ${c.dim(whom)}`
    })
    const parts = [
        ...report.records.map(record => recordTable(report.file, record, inner)),
        ...(report.table ? [tableTable(report.table, inner)] : []),
    ].map(text => indent.lines(text, inner))
    return [files.join("\n"), ...parts].join("\n\n")
}

function recordTable(file: string, record: GeneratedRecord, style: Style): string {
    const { colors: c } = style
    const place = ({ bit, bits }: GeneratedRecord["fields"][number]) =>
        bit % 8 === 0 && bits % 8 === 0 ? `${bit / 8}` : `${Math.floor(bit / 8)}, bit ${bit % 8}`
    const rows = record.fields.map(field => [
        sanitize(field.name),
        ...[place(field), sanitize(field.type), sanitize(field.get), sanitize(field.set)],
    ])
    const head = `${c.bold(sanitize(record.name))}   ${formatBytes(record.bytes)}   ${c.dim(`${sanitize(file)}:${record.line}`)}`
    if (rows.length === 0) return head
    return `${head}\n${renderTopTable(
        [
            ...(["Field", "byte", "type", "read by", "written by"] as const).map(title => ({
                ...{ title, align: "left" as const },
            })),
        ],
        rows.slice(0, MAX_FIELDS),
        rows.length,
        style,
    )}`
}

function tableTable(table: GeneratedTableFacts, style: Style): string {
    const { colors: c } = style
    const rows = table.columns.map(({ name, type, flashBytes, get, find }) => [
        sanitize(name),
        type.length > 24 ? "one of its texts" : sanitize(type),
        formatBytes(flashBytes),
        sanitize(get),
        find ? `${sanitize(find.name)}: ${BY[find.by]}` : "",
    ])
    const head = `${c.bold(sanitize(table.name))}   ${formatCount(table.rows)} rows, ${formatBytes(table.flashBytes)} of flash for ${formatBytes(table.informationBytes)} of information, no heap`
    return `${head}\n${renderTopTable(
        [
            { title: "Column", align: "left" },
            { title: "type", align: "left" },
            { title: "flash", align: "right" },
            { title: "read by", align: "left" },
            { title: "found by", align: "left" },
        ],
        rows.slice(0, MAX_FIELDS),
        rows.length,
        style,
    )}`
}
