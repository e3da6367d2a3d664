import type { Field, RecordType } from "./field-types"
import { place } from "./place-fields"

/** The record with its largest alignments first: padding is left at its end alone, and in its fields. */
export function reorderedRecord(record: RecordType): RecordType {
    const alignment = ({ type }: Field) =>
        place(type, { order: "declared", packed: false }).alignment
    return { ...record, fields: record.fields.toSorted((a, b) => alignment(b) - alignment(a)) }
}

/** A record as it is declared. */
export function declarationOf({ name, fields }: RecordType): string {
    const lines = fields.map(field => {
        const isOptional =
            field.type.kind === "optional" && !/\b(undefined|null)\b/.test(field.written)
        const note = field.note === undefined ? "" : `    /** ${field.note} */\n`
        return `${note}    ${keyText(field.name)}${isOptional ? "?" : ""}: ${field.written}`
    })
    const simple = /^[A-Za-z_$][\w$]*$/.test(name) ? name : "Reordered"
    return `interface ${simple} {\n${lines.join("\n")}\n}`
}

function keyText(name: string): string {
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}
