import { MAX_BLOCK_BYTES } from "../../model/heap/object-sizes"

/** What a declaration of a record says, as far as it has to do with bytes. Runs in a browser. */
export interface RecordType {
    kind: "record"
    /** As it is declared; of one without a name, where it stands: `Order.place`. */
    name: string
    /** Line of its declaration, from 1. */
    line: number
    fields: Field[]
}

/** One of several records, told apart by the text in a field that all have. */
export interface UnionType {
    kind: "union"
    name: string
    line: number
    /** The field that tells them apart. */
    tag: string
    variants: { label: string | number; record: RecordType }[]
}

export interface Field {
    name: string
    type: FieldType
    /** Its type as it is written. */
    written: string
    line: number
    /** What is written above it, for people; without the signs of a comment. */
    note?: string
}

export type FieldType =
    | { kind: "integer"; bytes: 1 | 2 | 3 | 4; signed: boolean }
    | { kind: "float"; bytes: 4 | 8 }
    | { kind: "bool" }
    | { kind: "bits"; bits: number }
    /** One of some texts or numbers. */
    | { kind: "enum"; values: (string | number)[]; names?: string[] }
    | { kind: "text"; bytes: number }
    /** A text of any length: it is elsewhere, and a record has its address. */
    | { kind: "string" }
    | { kind: "array"; of: FieldType; length: number }
    /** May be missing. */
    | { kind: "optional"; of: FieldType }
    | RecordType
    | UnionType

/** A type that has a name: what `heapscope layout` and `generate` are asked for. */
export type NamedType = RecordType | UnionType

/** The most a record may take: a buffer's. Bytes. */
export const MAX_RECORD_BYTES = MAX_BLOCK_BYTES - 12
/** Bytes of an address on the boards. */
export const ADDRESS_BYTES = 4

/** The whole bytes that hold so many bits, as the integers are: 1, 2 or 4. */
export function bytesForBits(bits: number): 1 | 2 | 4 {
    if (bits <= 8) return 1
    return bits <= 16 ? 2 : 4
}

/** How many bits tell so many values apart: 0 for one. */
export function bitsForValues(count: number): number {
    return Math.ceil(Math.log2(Math.max(1, count)))
}

/** Bytes of the number that says which of so many it is: none for one. */
export function bytesForValues(count: number): 0 | 1 | 2 | 4 {
    return count <= 1 ? 0 : bytesForBits(bitsForValues(count))
}
