/** A table as it was read: all columns have a value in each row. */
export interface Table {
    name: string
    rows: number
    columns: Column[]
}

export interface Column {
    name: string
    /** Of one kind: all texts, all numbers or all booleans. */
    values: readonly Value[]
    /** Line of each row in the file, from 1. */
    lines: readonly number[]
}

export type Value = string | number | boolean
