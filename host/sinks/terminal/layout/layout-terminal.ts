import { formatBytes, formatCount, formatMemory, formatPercent } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { Laid, LayoutReport, TypeReport } from "../../../documents/layout/layout-report"
import type { Style } from "../text/style"
import { renderTable, renderTopTable } from "../text/table"
import { indent, wrap } from "../text/text-layout"
import { byteMap, lettersOf, paint } from "./byte-map"

/** Rows of the table of fields. */
const MAX_FIELDS = 60

/** A report on layouts for a terminal. */
export function renderLayout(report: LayoutReport, style: Style): string {
    return report.types.map(type => renderType(report, type, style)).join("\n\n")
}

function renderType({ file, heaps }: LayoutReport, type: TypeReport, style: Style): string {
    const { colors: c } = style
    const inner = indent.narrow(style)
    const sections = [
        sizesTable(type, inner),
        fieldsTable(type, inner),
        maps(type, inner),
        waysTable(type, heaps, inner),
        betterOrder(type, inner),
    ]
    const title = `${c.bold(sanitize(type.name))}   ${c.dim(`${sanitize(file)}:${type.line}`)}`
    return [title, ...sections.filter(one => one !== "").map(one => indent.lines(one, inner))].join(
        "\n\n",
    )
}

/** The layouts in whole bytes, by their names. */
function layouts({ declared, reordered, packed, aligned }: TypeReport): [string, Laid][] {
    return [
        ["declared", declared],
        ["reordered", reordered],
        ["packed", packed],
        ...(aligned ? [["aligned", aligned] as [string, Laid]] : []),
    ]
}

function sizesTable(type: TypeReport, style: Style): string {
    const { bitPacked } = type
    const bits =
        "why" in bitPacked
            ? ["-", "", "", sanitize(bitPacked.why)]
            : [formatBytes(bitPacked.bytes), "", `${formatCount(bitPacked.bits)} bits`, ""]
    return renderTable(
        [
            { title: "Layout", align: "left" },
            { title: "size", align: "right" },
            { title: "alignment", align: "right" },
            { title: "padding", align: "right" },
            { title: "", align: "left" },
        ],
        [
            ...layouts(type).map(([name, { bytes, alignment, paddingBytes, holes }]) => [
                name,
                formatBytes(bytes),
                formatBytes(alignment),
                formatBytes(paddingBytes),
                holes
                    .map(hole => `${hole.bytes} at ${hole.at}`)
                    .slice(0, 3)
                    .join(", ") + (holes.length > 3 ? ", …" : ""),
            ]),
            ["bit-packed", ...bits],
        ],
        style,
    )
}

function namesOf(type: TypeReport): string[] {
    const all = layouts(type).flatMap(([, { fields }]) => fields.map(({ name }) => name))
    return [...new Set(all)]
}

function fieldsTable(type: TypeReport, style: Style): string {
    const letters = lettersOf(namesOf(type))
    const { bitPacked } = type
    const rows = [...letters].slice(0, MAX_FIELDS).map(([name, letter]) => {
        const found = layouts(type).map(([, laid]) => laid.fields.find(one => one.name === name))
        const bits =
            "why" in bitPacked ? undefined : bitPacked.fields.find(one => one.name === name)
        const field = found.find(one => one !== undefined)!
        return [
            letter,
            sanitize(name),
            sanitize(field.type),
            formatBytes(field.bytes),
            ...found.map(one => (one ? String(one.at) : "-")),
            bits ? `${bits.at}, ${bits.bits}` : "-",
        ]
    })
    return renderTopTable(
        [
            { title: "", align: "left" },
            { title: "field", align: "left", shrinks: "end" },
            { title: "type", align: "left", shrinks: "end" },
            { title: "size", align: "right" },
            ...layouts(type).map(([name]) => ({ title: name, align: "right" as const })),
            { title: "bit, bits", align: "right" },
        ],
        rows,
        letters.size,
        style,
    )
}

function maps(type: TypeReport, style: Style): string {
    const letters = lettersOf(namesOf(type))
    const drawn = layouts(type).flatMap(([name, laid]) => [
        style.colors.dim(name),
        ...byteMap(laid, letters, style),
    ])
    const isUnion = drawn.some(line => line.includes(" * "))
    const notes = [
        `${paint(".", style)}padding`,
        ...(isUnion ? [`${paint("*", style)} variants`] : []),
    ]
    return [...drawn, notes.join("  ")].join("\n")
}

function waysTable({ ways }: TypeReport, heaps: LayoutReport["heaps"], style: Style): string {
    const counts = ways.find(({ takes }) => takes)?.takes?.map(({ count }) => count) ?? []
    const rows = ways.map(({ means, takes, fits }) => [
        means,
        ...counts.map((_, i) => (takes ? formatBytes(takes[i]!.bytes) : "-")),
        ...heaps.map((_, i) => (fits ? formatCount(fits[i]!.count) : "-")),
    ])
    const table = renderTopTable(
        [
            { title: "On a board", align: "left", shrinks: "end" },
            ...counts.map(count => ({ title: formatCount(count), align: "right" as const })),
            ...heaps.map(({ heapBytes }) => ({
                title: `fit ${formatMemory(heapBytes)}`,
                align: "right" as const,
            })),
        ],
        rows,
        rows.length,
        style,
    )
    const whyNot = ways.flatMap(({ means, why }) =>
        why === undefined ? [] : [`No ${means}: ${why}.`],
    )
    const where = heaps.map(({ heapBytes, boards: [first = "", ...others] }) => {
        const more = others.length > 0 ? ` and ${others.length} more` : ""
        return `${formatMemory(heapBytes)} on ${first}${more}`
    })
    const note = `What so many take of the heap, and how many there is room for at most where nothing else is: ${where.join(", ")}.`
    const notes = [...whyNot, note].flatMap(text => wrap(sanitize(text), style.width))
    return [table, ...notes.map(line => style.colors.dim(line))].join("\n")
}

function betterOrder({ declared, better }: TypeReport, style: Style): string {
    const saved = declared.bytes - (better?.bytes ?? declared.bytes)
    if (better === undefined || saved <= 0) return ""
    const said = `In this order it takes ${formatBytes(better.bytes)} instead of ${formatBytes(declared.bytes)}, ${formatPercent(saved / declared.bytes)} less:`
    return [
        ...wrap(said, style.width),
        "",
        ...better.declaration.split("\n").map(sanitizeLine),
    ].join("\n")
}

/** Keeps the spaces that a line begins with. */
function sanitizeLine(line: string): string {
    return line.slice(0, line.length - line.trimStart().length) + sanitize(line.trimStart())
}
