/** What one field of a kind of objects held, over all of them. */
export interface Field {
    name: string
    /** Every value it had, in the order of the objects; a block's id as `{ block }`. */
    values: FieldValue[]
}

export type FieldValue = number | boolean | string | undefined | null | { block: number }
