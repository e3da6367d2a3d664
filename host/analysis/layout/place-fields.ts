import {
    ADDRESS_BYTES,
    bytesForBits,
    bytesForValues,
    type Field,
    type FieldType,
    type RecordType,
} from "./field-types"
import { placeUnion } from "./place-union"
import { alignUp, append, grownTo, type Placed, type Rule } from "./placed"

/** Lays a type out. */
export function place(type: FieldType, rule: Rule, written = ""): Placed {
    switch (type.kind) {
        case "record":
            return placeRecord(type, rule)
        case "union":
            return placeUnion(type, rule, placeSequence)
        case "array":
            return placeArray(type, rule, written)
        case "optional":
            return placeOptional(type.of, rule, written)
        default:
            return placeSimple(type, rule, written)
    }
}

function placeSimple(type: FieldType, { packed }: Rule, written: string): Placed {
    const bytes = simpleBytes(type)
    const alignment = packed ? 1 : simpleAlignment(type)
    const spare = spareValues(type)
    return {
        ...{ bytes, alignment },
        parts: bytes === 0 ? [] : [{ name: "", type: written, at: 0, bytes, alignment }],
        used: Array.from({ length: bytes }, () => true),
        ...(spare > 0 && { niche: { at: 0, bytes, spare } }),
    }
}

/** Bytes of a type without fields. */
export function simpleBytes(type: FieldType): number {
    switch (type.kind) {
        case "integer":
        case "float":
        case "text":
            return type.bytes
        case "bits":
            return bytesForBits(type.bits)
        case "enum":
            return bytesForValues(type.values.length)
        case "string":
            return ADDRESS_BYTES
        default:
            return 1
    }
}

function simpleAlignment(type: FieldType): number {
    if (type.kind === "text") return 1
    const bytes = simpleBytes(type)
    // Three bytes are an array of them in C.
    return bytes === 3 ? 1 : Math.max(1, bytes)
}

/** How many values whole bytes have that a type never is. */
function spareValues(type: FieldType): number {
    const all = 2 ** (8 * simpleBytes(type))
    switch (type.kind) {
        case "bool":
            return all - 2
        case "bits":
            return all - 2 ** type.bits
        case "enum":
            return type.values.length > 1 ? all - type.values.length : 0
        case "string":
            // No text is at address 0.
            return 1
        default:
            return 0
    }
}

function placeRecord({ fields }: RecordType, rule: Rule): Placed {
    return placeSequence(fields, rule, { from: 0, ascending: false })
}

/**
 * Fields one behind another.
 * @param start how many bytes come before, and, when they are reordered, which alignments come first
 */
export function placeSequence(
    fields: readonly Field[],
    rule: Rule,
    { from, ascending }: { from: number; ascending: boolean },
): Placed {
    const placed = fields.map(field => ({ field, of: place(field.type, rule, field.written) }))
    if (rule.order === "reordered")
        placed.sort((a, b) => (ascending ? 1 : -1) * (a.of.alignment - b.of.alignment))
    const all: Placed = {
        bytes: from,
        alignment: 1,
        parts: [],
        used: Array.from({ length: from }, () => true),
    }
    for (const { field, of } of placed) append(all, of, field.name)
    return grownTo(all, alignUp(all.bytes, all.alignment))
}

function placeArray(
    { of, length }: FieldType & { kind: "array" },
    rule: Rule,
    written: string,
): Placed {
    const element = place(of, rule, written)
    const bytes = element.bytes * length
    const { alignment } = element
    return {
        ...{ bytes, alignment },
        parts: bytes === 0 ? [] : [{ name: "", type: written, at: 0, bytes, alignment }],
        used: Array.from({ length }, () => element.used).flat(),
    }
}

/** A byte that says whether it is there, unless it has a value that it never is. */
function placeOptional(of: FieldType, rule: Rule, written: string): Placed {
    const inner = place(of, rule, written)
    const { niche } = inner
    if (rule.order === "reordered" && niche)
        return { ...inner, niche: { ...niche, spare: niche.spare - 1 } }
    const all = placeSequence([PRESENCE], rule, { from: 0, ascending: false })
    append(all, inner, "")
    return grownTo(all, alignUp(all.bytes, all.alignment))
}

const PRESENCE: Field = { name: "?", type: { kind: "bool" }, written: "bool", line: 0 }
