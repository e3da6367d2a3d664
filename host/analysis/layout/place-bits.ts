import type { LaidBits } from "../../documents/layout/layout-report"
import { bitsForValues, type FieldType } from "./field-types"

type BitPart = LaidBits["fields"][number]

/**
 * Lays a type out bit after bit in the order of its declaration, the first in the lowest bits.
 * @returns why that cannot be done, where a text of any length is in it
 */
export function placeBits(type: FieldType): LaidBits | { why: string } {
    const plain = plainText(type, "")
    if (plain !== undefined)
        return { why: `${plain} is a text of any length: text<16> has room for it.` }
    const fields: BitPart[] = []
    const bits = walk(type, { name: "", written: "" }, 0, fields)
    return { bits, bytes: Math.ceil(bits / 8), fields }
}

/** Bits of a type. Of a text of any length none are known: 0. */
export function bitsOf(type: FieldType): number {
    return walk(type, { name: "", written: "" }, 0, [])
}

/** Puts a type at a bit; returns the bit behind it. */
function walk(
    type: FieldType,
    { name, written }: { name: string; written: string },
    at: number,
    parts: BitPart[],
): number {
    switch (type.kind) {
        case "record": {
            let end = at
            for (const field of type.fields)
                end = walk(
                    field.type,
                    { name: join(name, field.name), written: field.written },
                    end,
                    parts,
                )
            return end
        }
        case "union": {
            const tag = bitsForValues(type.variants.length)
            if (tag > 0)
                parts.push({ name: join(name, type.tag), type: `bits<${tag}>`, at, bits: tag })
            const ends = type.variants.map(({ label, record }) =>
                walk(record, { name: `${name}(${label})`, written: "" }, at + tag, parts),
            )
            return Math.max(at + tag, ...ends)
        }
        case "optional": {
            if (hasSpareCode(type.of)) return walk(type.of, { name, written }, at, parts)
            parts.push({ name: `${name}?`, type: "bits<1>", at, bits: 1 })
            return walk(type.of, { name, written }, at + 1, parts)
        }
        default: {
            const bits = simpleBits(type)
            if (bits > 0) parts.push({ name, type: written, at, bits })
            return at + bits
        }
    }
}

/** Whether an enum's bits have a value that it never is: that says it is missing. */
export function hasSpareCode(type: FieldType): boolean {
    if (type.kind !== "enum") return false
    const count = type.values.length
    return bitsForValues(count + 1) === bitsForValues(count)
}

/** Bits of a type that has no fields, or of an array. */
function simpleBits(type: FieldType): number {
    switch (type.kind) {
        case "integer":
        case "float":
        case "text":
            return 8 * type.bytes
        case "bool":
            return 1
        case "bits":
            return type.bits
        case "enum":
            return bitsForValues(type.values.length)
        case "array":
            return type.length * bitsOf(type.of)
        default:
            return 0
    }
}

/** The name of a text of any length in it. */
export function plainText(type: FieldType, name: string): string | undefined {
    switch (type.kind) {
        case "string":
            return name
        case "array":
        case "optional":
            return plainText(type.of, name)
        case "record":
            return first(type.fields, field => plainText(field.type, join(name, field.name)))
        case "union":
            return first(type.variants, ({ label, record }) =>
                plainText(record, `${name}(${label})`),
            )
        default:
            return undefined
    }
}

function first<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
    for (const one of all) {
        const found = find(one)
        if (found !== undefined) return found
    }
    return undefined
}

function join(owner: string, name: string): string {
    return owner === "" ? name : `${owner}.${name}`
}
