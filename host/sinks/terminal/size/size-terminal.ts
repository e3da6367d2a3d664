import {
    formatBytesExact,
    formatCountOf,
    formatPercent,
    formatSigned,
} from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type {
    SizeDifference,
    SizePart,
    SizeReport,
    SizeSum,
    SizeUnused,
} from "../../../documents/size/size-report"
import type { ImageKind } from "../../../model/program/image-layout"
import { IMAGE_LOOKS } from "../../image-looks"
import type { Style } from "../text/style"
import { renderTopTable } from "../text/table"

/** Keepers of a part that are named. */
const MAX_KEEPERS = 3

/** What a report of size looks like; what differs alone, where there is something to differ from. */
export interface SizeView {
    report: SizeReport
    top: number
}

export function renderSize({ report, top }: SizeView, style: Style): string {
    const { program, byKind, byFile, byLibrary, duplicates, difference, unused = [] } = report
    const { colors: c } = style
    const title = `${c.bold(sanitize(program.entry))}: ${formatBytesExact(program.bytecodeBytes)} of flash`
    if (difference) return `${title}\n\n${renderDifference(difference, top, style)}\n`
    const total = program.bytecodeBytes
    const sums = (name: string, list: readonly SizeSum[], nameOf: (name: string) => string) =>
        sumTable(name, list, { total, top, nameOf }, style)
    const saved = duplicates.reduce((sum, { savedBytes }) => sum + savedBytes, 0)
    return [
        title,
        sums("kind", byKind, name => IMAGE_LOOKS[name as ImageKind].words),
        sums("file", byFile, name => sanitize(name) || "(of no single file)"),
        ...(byLibrary.length > 1
            ? [
                  sums(
                      "library",
                      byLibrary,
                      name => sanitize(name) || "(the program's own, and shared)",
                  ),
              ]
            : []),
        partTable(report.parts, total, top, style),
        ...(duplicates.length > 0
            ? [
                  `${formatCountOf(duplicates.length, "thing")} more than once, ${formatBytesExact(saved)} in all: ${duplicates
                      .slice(0, 5)
                      .map(
                          ({ names, savedBytes }) =>
                              `${sanitize(names.join(" = "))} (${formatBytesExact(savedBytes)})`,
                      )
                      .join(", ")}`,
              ]
            : []),
        ...(unused.length > 0 ? [unusedTable(unused, top, style)] : []),
        "",
    ]
        .join("\n\n")
        .replace(/\n+$/, "\n")
}

function sumTable(
    title: string,
    sums: readonly SizeSum[],
    { total, top, nameOf }: { total: number; top: number; nameOf: (name: string) => string },
    style: Style,
): string {
    const columns = [
        { title, align: "left" as const, shrinks: "start" as const },
        { title: "bytes", align: "right" as const },
        { title: "share", align: "right" as const },
        { title: "parts", align: "right" as const },
    ]
    const rows = sums
        .slice(0, top)
        .map(({ name, bytes, parts }) => [
            nameOf(name),
            formatBytesExact(bytes),
            formatPercent(bytes / total),
            String(parts),
        ])
    return renderTopTable(columns, rows, sums.length, style)
}

function partTable(parts: readonly SizePart[], total: number, top: number, style: Style): string {
    const columns = [
        { title: "part", align: "left" as const, shrinks: "end" as const },
        { title: "bytes", align: "right" as const },
        { title: "share", align: "right" as const },
        { title: "where", align: "left" as const, shrinks: "start" as const },
        { title: "kept by", align: "left" as const, shrinks: "end" as const },
    ]
    const rows = parts.slice(0, top).map(part => {
        const { bytes, file, line, keptBy } = part
        const more = keptBy.length > MAX_KEEPERS ? ` and ${keptBy.length - MAX_KEEPERS} more` : ""
        return [
            partName(part),
            formatBytesExact(bytes),
            formatPercent(bytes / total),
            file === undefined ? "" : sanitize(line === undefined ? file : `${file}:${line}`),
            sanitize(keptBy.slice(0, MAX_KEEPERS).join(", ")) + more,
        ]
    })
    return renderTopTable(columns, rows, parts.length, style)
}

function unusedTable(unused: readonly SizeUnused[], top: number, style: Style): string {
    const total = unused.reduce((sum, { bytes }) => sum + bytes, 0)
    const columns = [
        { title: "unused", align: "left" as const, shrinks: "end" as const },
        { title: "bytes", align: "right" as const },
        { title: "where", align: "left" as const, shrinks: "start" as const },
        { title: "kept by", align: "left" as const, shrinks: "end" as const },
    ]
    const rows = unused
        .slice(0, top)
        .map(({ kind, name, file, line, isExported, bytes, keptBy }) => [
            `${sanitize(name)} (${isExported ? "exported " : ""}${kind})`,
            formatBytesExact(bytes),
            sanitize(`${file}:${line}`),
            bytes === 0 ? "left out by the compiler" : sanitize(keptBy.join(", ")),
        ])
    const table = renderTopTable(columns, rows, unused.length, style)
    return `${formatCountOf(unused.length, "thing")} that nothing uses, ${formatBytesExact(total)} of flash:\n\n${table}`
}

function partName({ kind, name }: Pick<SizePart, "kind" | "name">): string {
    if (name === undefined || name === "") return IMAGE_LOOKS[kind].words
    return kind === "text" ? sanitize(JSON.stringify(name)) : sanitize(name)
}

function renderDifference(difference: SizeDifference, top: number, style: Style): string {
    const { against, bytesBefore, bytesAfter, changes } = difference
    const delta = bytesAfter - bytesBefore
    const signed = (bytes: number) => formatSigned(bytes, formatBytesExact)
    const columns = [
        { title: "part", align: "left" as const, shrinks: "end" as const },
        { title: "before", align: "right" as const },
        { title: "after", align: "right" as const },
        { title: "difference", align: "right" as const },
        { title: "file", align: "left" as const, shrinks: "start" as const },
    ]
    const rows = changes
        .slice(0, top)
        .map(({ kind, name, file, bytesBefore: before, bytesAfter: after, delta }) => [
            partName({ kind, name }),
            before === 0 ? "new" : formatBytesExact(before),
            after === 0 ? "gone" : formatBytesExact(after),
            signed(delta),
            sanitize(file ?? ""),
        ])
    const head = `against ${sanitize(against)}, ${formatBytesExact(bytesBefore)}: ${delta === 0 ? "as large" : signed(delta)}`
    return changes.length === 0
        ? `${head}, part by part the same`
        : `${head}\n\n${renderTopTable(columns, rows, changes.length, style)}`
}
