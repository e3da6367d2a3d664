import Table, { type HorizontalAlignment } from "cli-table3"
import stringWidth from "string-width"
import type { Style } from "./style"
import { fit, fitEnd } from "./text-layout"
import { formatCount } from "../../../base/format-units"

/** One column of a table: its title and which side its cells lean to (numbers right). */
export interface TableColumn {
    title: string
    align: HorizontalAlignment
}

const NO_LINES = {
    ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
    ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
    ...{ mid: "", "mid-mid": "", "left-mid": "", "right-mid": "" },
    ...{ left: "", right: "", middle: "  " },
}

/**
 * A table without frames, columns two spaces apart. The first column's title names the table. Cells
 * may be coloured.
 */
export function renderTable(
    columns: readonly TableColumn[],
    rows: readonly (readonly string[])[],
    { colors: c }: Style,
): string {
    const table = new Table({
        chars: NO_LINES,
        head: columns.map(({ title }, i) => (i === 0 ? c.bold(title) : c.dim(title))),
        colAligns: columns.map(column => column.align),
        // The library's own colours would ignore whether colour is wanted.
        style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    })
    table.push(...rows.map(row => [...row]))
    return table
        .toString()
        .split("\n")
        .map(line => line.trimEnd())
        .join("\n")
}

/** Columns between two columns of a table. */
const GAP = 2
/** A column is not cut to less. */
const MIN_WIDTH = 8

/**
 * A table of the first of `count` rows, which says how many it leaves out. Columns that may shrink do
 * so, the widest first, until the table fits into the style's width.
 */
export function renderTopTable(
    columns: readonly TopTableColumn[],
    rows: readonly (readonly string[])[],
    count: number,
    style: Style,
): string {
    const widths = columns.map(({ title }, i) =>
        Math.max(stringWidth(title), ...rows.map(row => stringWidth(row[i] ?? ""))),
    )
    let excess = widths.reduce((sum, width) => sum + width + GAP, -GAP) - style.width
    for (; excess > 0; excess--) {
        const own = widths.map((width, i) => (columns[i]!.shrinks ? width : 0))
        const widest = Math.max(...own)
        if (widest <= MIN_WIDTH) break
        widths[own.indexOf(widest)]!--
    }
    const left = count - rows.length
    const more = left > 0 ? `\n${style.colors.dim(`… and ${formatCount(left)} more`)}` : ""
    return (
        renderTable(
            columns.map((column, i) => ({ ...column, title: fit(column.title, widths[i]!) })),
            rows.map(row =>
                row.map((cell, i) =>
                    (columns[i]!.shrinks === "start" ? fitEnd : fit)(cell, widths[i]!),
                ),
            ),
            style,
        ) + more
    )
}

/** A column that may be cut at its end, or at its start (then plain), when a table is too wide. */
export interface TopTableColumn extends TableColumn {
    shrinks?: "start" | "end"
}
