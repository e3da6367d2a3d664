import { bytesForValues, type Field, type FieldType, type UnionType } from "./field-types"
import { alignUp, append, grownTo, moved, type Part, type Placed, type Rule } from "./placed"

/** Lays fields out one behind another, as `placeSequence` does. */
type PlaceSequence = (
    fields: readonly Field[],
    rule: Rule,
    start: { from: number; ascending: boolean },
) => Placed

/**
 * Lays a union out. As declared: its tag, and behind it room for the largest variant, as a struct of a tag
 * and a union in C, or Rust's `repr(C, u8)`. Reordered, as Rust does: each variant begins with the tag and
 * has its fields from the smallest alignment to the largest; or without a tag, where the largest variant
 * has a field with values to spare and all others have room beside that.
 */
export function placeUnion(union: UnionType, rule: Rule, sequence: PlaceSequence): Placed {
    if (rule.order === "declared") return placeDeclared(union, rule, sequence)
    const tagged = placeTagged(union, rule, sequence)
    const untagged = placeInNiche(union, rule, sequence)
    return untagged && untagged.bytes < tagged.bytes ? untagged : tagged
}

function placeDeclared(union: UnionType, rule: Rule, sequence: PlaceSequence): Placed {
    const variants = union.variants.map(({ label, record }) => ({
        label,
        of: sequence(record.fields, rule, { from: 0, ascending: false }),
    }))
    const alignment = Math.max(1, ...variants.map(({ of }) => of.alignment))
    const payload = overlaid(variants)
    payload.alignment = alignment
    grownTo(payload, alignUp(payload.bytes, alignment))
    const all = tagOf(union, rule, sequence)
    append(all, payload, "")
    return grownTo(all, alignUp(all.bytes, all.alignment))
}

function placeTagged(union: UnionType, rule: Rule, sequence: PlaceSequence): Placed {
    const tag = tagOf(union, rule, sequence)
    const variants = union.variants.map(({ label, record }) => ({
        label,
        of: sequence(record.fields, rule, { from: tag.bytes, ascending: true }),
    }))
    const all = overlaid(variants)
    all.alignment = Math.max(tag.alignment, ...variants.map(({ of }) => of.alignment))
    all.parts = [...tag.parts, ...all.parts]
    if (tag.niche) all.niche = tag.niche
    return grownTo(all, alignUp(all.bytes, all.alignment))
}

/** @returns undefined where there is no such field, or another variant has no room */
function placeInNiche(union: UnionType, rule: Rule, sequence: PlaceSequence): Placed | undefined {
    const variants = union.variants.map(({ label, record }) => ({
        label,
        of: sequence(record.fields, rule, { from: 0, ascending: false }),
    }))
    const largest = variants.reduce((a, b) => (b.of.bytes > a.of.bytes ? b : a))
    const others = variants.filter(variant => variant !== largest)
    const { niche } = largest.of
    if (!niche || niche.spare < others.length) return undefined
    const shifted = others.map(({ label, of }) => {
        if (of.bytes <= niche.at) return { label, of }
        const by = alignUp(niche.at + niche.bytes, of.alignment)
        if (by + of.bytes > largest.of.bytes) return undefined
        const used = [...Array.from({ length: by }, () => false), ...of.used]
        const parts = of.parts.map(part => ({ ...part, at: part.at + by }))
        return { label, of: { ...of, bytes: by + of.bytes, used, parts } }
    })
    if (shifted.includes(undefined)) return undefined
    const all = overlaid([largest, ...shifted.filter(one => one !== undefined)])
    all.alignment = Math.max(...variants.map(({ of }) => of.alignment))
    if (niche.spare > others.length) all.niche = { ...niche, spare: niche.spare - others.length }
    return grownTo(all, alignUp(all.bytes, all.alignment))
}

/** Variants in the same bytes. */
function overlaid(variants: readonly { label: string | number; of: Placed }[]): Placed {
    const bytes = Math.max(0, ...variants.map(({ of }) => of.bytes))
    const parts = variants.flatMap(({ label, of }) =>
        of.parts.map((part): Part => moved(part, 0, `(${label})`)),
    )
    const used = Array.from({ length: bytes }, (_, at) => variants.some(({ of }) => of.used[at]))
    return { bytes, alignment: 1, parts, used }
}

/** The number that says which variant it is. */
function tagOf({ tag, variants }: UnionType, rule: Rule, sequence: PlaceSequence): Placed {
    const type: FieldType = { kind: "enum", values: variants.map(({ label }) => label) }
    const bytes = bytesForValues(variants.length)
    const field = { name: tag, type, written: bytes === 0 ? "" : `u${8 * bytes}`, line: 0 }
    return sequence([field], rule, { from: 0, ascending: false })
}
