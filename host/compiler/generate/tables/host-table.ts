import { comment, declared, lines } from "../code"
import type { NamedTable } from "./named-table"

/** Values on one line. */
const VALUES_A_LINE = 12

/** A table for Node and the browser: the board's functions. @throws RangeError for a row that there is not */
export function hostTable({ table, rowsName, columns }: NamedTable): string {
    return lines(
        "/** How many rows there are: 0 to one less. */",
        `export const ${rowsName} = ${table.rows}`,
        ...columns.flatMap(({ column, get, find, texts, type }) => {
            const values = texts.replace(/_TEXTS$/, "_VALUES")
            const of = typeof column.values[0] === type ? type : `(${type})`
            return [
                "",
                ...listOf(values, of, column.values),
                "",
                comment(`${column.name} of a row. @param row 0 to {@link ${rowsName}} - 1`),
                ...declared(get, ["row: number"], type, [
                    `const value = ${values}[row]`,
                    `if (value === undefined) throw new RangeError(\`${get}: there is no row \${row}\`)`,
                    "return value",
                ]),
                ...(find === undefined
                    ? []
                    : [
                          "",
                          comment(`The row with this ${column.name}, or -1.`),
                          ...declared(find, [`value: ${typeof column.values[0]}`], "number", [
                              `return ${values}.indexOf(value${type === typeof column.values[0] ? "" : " as never"})`,
                          ]),
                      ]),
            ]
        }),
    )
}

function listOf(name: string, type: string, values: readonly unknown[]): string[] {
    const texts = values.map(value => JSON.stringify(value))
    const each = typeof values[0] === "string" ? 1 : VALUES_A_LINE
    const rows = Array.from({ length: Math.ceil(texts.length / each) }, (_, i) =>
        texts.slice(i * each, (i + 1) * each).join(", "),
    )
    return [`const ${name}: readonly ${type}[] = [`, ...rows.map(row => `    ${row},`), "]"]
}
