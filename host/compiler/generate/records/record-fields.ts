import { bitsForValues, type FieldType, type NamedType } from "../../../analysis/layout/field-types"
import { bitsOf, hasSpareCode, plainText } from "../../../analysis/layout/place-bits"
import { place } from "../../../analysis/layout/place-fields"
import type { Rule } from "../../../analysis/layout/placed"
import { UserError } from "../../../base/errors"

/** How a record's fields are put one behind another; each as `heapscope layout` shows it. */
export type RecordLayout = "packed" | "bits" | "c"

/** A field that no other is in: what has accessors. */
export interface RecordField {
    /** Its name, behind those of what it is in. */
    path: string[]
    type: SimpleType
    /** Where it begins in the record: a bit. Of an array, the first element's. */
    bit: number
    bits: number
    /** The arrays that it is in, the outermost first: how many elements there are, and from one to the next, in bits. */
    arrays: { length: number; strideBits: number }[]
    /** What says whether it is there: bits that are 0 when it is not, or the code that its own are then. */
    presence?: { bit: number; bits: number } | { code: number }
    note?: string | undefined
    /** Its type as it is written; of what was not, as it would be. */
    written: string
    line: number
}

export type SimpleType = Extract<
    FieldType,
    { kind: "integer" | "float" | "bool" | "bits" | "enum" | "text" }
>

/** A record or a union with a place for each of its fields. */
export interface PlacedRecord {
    type: NamedType
    layout: RecordLayout
    bytes: number
    fields: RecordField[]
}

const RULES: Readonly<Record<Exclude<RecordLayout, "bits">, Rule>> = {
    packed: { order: "declared", packed: true },
    c: { order: "declared", packed: false },
}

/**
 * Finds the place of each field that accessors are made for.
 * @param file as messages name it
 * @throws UserError with a line for what has no place: a text of any length; what begins in the middle of
 * a byte and cannot
 */
export function placeRecord(type: NamedType, layout: RecordLayout, file: string): PlacedRecord {
    const plain = plainText(type, "")
    if (plain !== undefined)
        throw new UserError(
            "E_SCHEMA",
            `${file}:${type.line}: ${type.name}.${plain} is a text of any length: text<16> has room for it.`,
        )
    const walk = new Walk(layout)
    walk.type(type, 0, { path: [], written: type.name, line: type.line, arrays: [] })
    for (const field of walk.fields) checkPlace(field, `${file}:${field.line}`)
    return { type, layout, bytes: Math.ceil(walk.bitsOf(type) / 8), fields: walk.fields }
}

type Context = Pick<RecordField, "path" | "written" | "line" | "arrays" | "presence" | "note">

class Walk {
    readonly fields: RecordField[] = []

    constructor(private readonly layout: RecordLayout) {}

    bitsOf(type: FieldType): number {
        return this.layout === "bits" ? bitsOf(type) : 8 * this.placed(type, this.layout).bytes
    }

    type(type: FieldType, at: number, context: Context): void {
        switch (type.kind) {
            case "record":
                return this.record(type, at, context)
            case "union":
                return this.union(type, at, context)
            case "array": {
                const strideBits = this.bitsOf(type.of)
                const arrays = [...context.arrays, { length: type.length, strideBits }]
                return this.type(type.of, at, { ...context, arrays })
            }
            case "optional":
                return this.optional(type.of, at, context)
            case "string":
                return
            default: {
                const bits = this.bitsOf(type)
                if (bits > 0) this.fields.push({ ...context, type, bit: at, bits })
            }
        }
    }

    private record({ fields }: FieldType & { kind: "record" }, at: number, context: Context): void {
        let end = at
        for (const { name, type, written, line, note } of fields) {
            end = at + this.aligned(end - at, type)
            const path = [...context.path, name]
            this.type(type, end, { ...context, path, written, line, note })
            end += this.bitsOf(type)
        }
    }

    private union(union: FieldType & { kind: "union" }, at: number, context: Context): void {
        const values = union.variants.map(({ label }) => label)
        const tag: FieldType = { kind: "enum", values }
        const path = [...context.path, union.tag]
        const note = `Which of ${values.map(value => JSON.stringify(value)).join(", ")} it is.`
        this.type(tag, at, { ...context, path, note, written: "its variant" })
        // All variants begin at one place: where the one that asks for most can.
        const records = union.variants.map(({ record }) => record)
        const tagBits = this.layout === "bits" ? bitsForValues(values.length) : this.bitsOf(tag)
        const begin = Math.max(tagBits, ...records.map(record => this.aligned(tagBits, record)))
        for (const { label, record } of union.variants)
            this.record(record, at + begin, {
                ...context,
                path: [...context.path, String(label)],
            })
    }

    private optional(of: FieldType, at: number, context: Context): void {
        if (this.layout === "bits" && of.kind === "enum" && hasSpareCode(of)) {
            const presence = { code: of.values.length }
            return this.type(of, at, { ...context, presence })
        }
        const bits = this.layout === "bits" ? 1 : 8
        const inner = at + this.aligned(bits, of)
        if (of.kind === "record" || of.kind === "union" || of.kind === "array") {
            const path = [...context.path.slice(0, -1), "has", context.path.at(-1)!]
            const note = `Whether ${context.path.at(-1)} is there.`
            this.type({ kind: "bool" }, at, { ...context, path, note, written: "bool" })
            return this.type(of, inner, context)
        }
        return this.type(of, inner, { ...context, presence: { bit: at, bits } })
    }

    /** The first bit from here on where a type can begin. */
    private aligned(at: number, type: FieldType): number {
        if (this.layout === "bits") return at
        const alignment = 8 * this.placed(type, this.layout).alignment
        return Math.ceil(at / alignment) * alignment
    }

    private placed(type: FieldType, layout: keyof typeof RULES) {
        return place(type, RULES[layout])
    }
}

/** Whether an array's elements are bits of bytes: 1, 2 or 4 each, so that none is in two bytes. */
export function isBitArray({ arrays, bit, bits, presence }: RecordField): boolean {
    const [array] = arrays
    return (
        arrays.length === 1 &&
        array!.strideBits === bits &&
        (bits === 1 || bits === 2 || bits === 4) &&
        bit % 8 === 0 &&
        presence === undefined
    )
}

function checkPlace(field: RecordField, where: string): void {
    const { path, type, bit, arrays, written } = field
    const name = path.join(".")
    const fail = (why: string): never => {
        throw new UserError("E_SCHEMA", `${where}: ${name}: ${written} ${why}`)
    }
    if ((type.kind === "float" || type.kind === "text") && bit % 8 !== 0)
        fail(
            "begins in the middle of a byte, where no board reads it: put it before the fields of bits.",
        )
    if (arrays.some(({ strideBits }) => strideBits % 8 !== 0) && !isBitArray(field))
        fail(
            "has elements that end in the middle of a byte: take elements of 1, 2, 4 or whole bytes of bits, at the start of a byte.",
        )
}
