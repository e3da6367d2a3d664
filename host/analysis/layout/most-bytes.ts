import type { FieldType, NamedType } from "./field-types"
import { simpleBytes } from "./place-fields"

const known = new WeakMap<NamedType, number>()

/**
 * Bytes that a type takes at most without padding, its variants one behind another, a byte where it takes
 * none: found without looking at a record twice, however often it is in others.
 */
export function mostBytes(type: FieldType): number {
    if (type.kind === "array") return type.length * mostBytes(type.of)
    if (type.kind === "optional") return 1 + mostBytes(type.of)
    if (type.kind !== "record" && type.kind !== "union") return Math.max(1, simpleBytes(type))
    const before = known.get(type)
    if (before !== undefined) return before
    const parts = type.kind === "record" ? type.fields.map(one => one.type) : variantsOf(type)
    const bytes = parts.reduce((total, part) => total + mostBytes(part), 1)
    known.set(type, bytes)
    return bytes
}

function variantsOf({ variants }: NamedType & { kind: "union" }): FieldType[] {
    return variants.map(({ record }) => record)
}
