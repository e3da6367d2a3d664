import Table, { type HorizontalAlignment } from "cli-table3"
import type { Style } from "./style"

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
