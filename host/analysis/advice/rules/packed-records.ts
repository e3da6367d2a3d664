import type { Advice } from "../../../documents/advice"
import { bufferBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import {
    bitsOf,
    bytesOf,
    isBooleans,
    isNumbers,
    isTexts,
    nameOf,
    type RecordGroup,
} from "../record-groups"
import { MIN_COUNT, placesOf, type AdviceContext, type Rule } from "../rule"

/** Bits of a record that is still a plain number while the program works with it. */
const MAX_BITS = 30

/** Texts of the program that a byte can number. */
const MAX_TEXTS = 256

/** How a record is kept in a buffer: which lesson shows it, and its bytes. */
interface Packing {
    lesson: string
    bytes: number
    layout: string
}

/** Many small objects of numbers and answers: records in one buffer. */
export const advisePackedRecords: Rule = context =>
    context.groups.flatMap(group => {
        const packing = packingOf(group)
        const objects = group.objects.filter(({ id }) => !context.claimed.nodes.has(id))
        if (!packing || objects.length < MIN_COUNT) return []
        return [adviceFor(context, { ...group, objects }, packing)]
    })

function adviceFor(
    context: AdviceContext,
    { className, objects, fields }: RecordGroup,
    { lesson, bytes, layout }: Packing,
): Advice {
    const lists = context.index.listsOf(objects)
    for (const { id } of [...objects, ...lists]) context.claimed.nodes.add(id)
    const count = objects.length
    const before = sumBytes(objects) + sumBytes(lists)
    const after = bufferBytes(count * bytes)
    return {
        lesson,
        what: `${count} objects of ${className} take ${Math.round(before / count)} B each for ${fields.length} fields`,
        instead: `keep ${layout} of each ${nameOf(className)} in one buffer`,
        ...placesOf(context, makingPc(context, objects), objects),
        count,
        live: { before, after },
        churn: { before: makingBytes(context, objects) + sumBytes(lists), after },
        formula: `12 + ${count} x ${bytes} B instead of ${before} B in objects${lists.length > 0 ? " and the list of them" : ""}`,
    }
}

function packingOf({ fields }: RecordGroup): Packing | undefined {
    if (fields.length < 2) return undefined
    let bits = 0
    let bytes = 0
    let flags = 0
    let texts = 0
    for (const { values } of fields) {
        if (isBooleans(values)) {
            bits++
            flags++
        } else if (isNumbers(values)) {
            bits += bitsOf(values) ?? Infinity
            bytes += bytesOf(values)
        } else if (isTexts(values)) {
            const different = new Set(values).size
            if (different > Math.min(MAX_TEXTS, values.length / 2)) return undefined
            bits += Math.max(1, Math.ceil(Math.log2(different)))
            bytes++
            texts++
        } else return undefined
    }
    const flagBytes = Math.ceil(flags / 8)
    const numbered = texts > 0 ? " (a number for each text)" : ""
    if (flags === fields.length)
        return { lesson: "flag-packing", bytes: flagBytes, layout: `${flags} bits` }
    if (bits <= MAX_BITS)
        return {
            lesson: "bit-packing",
            bytes: Math.ceil(bits / 8),
            layout: `${bits} bits${numbered}`,
        }
    const size = bytes + flagBytes
    return { lesson: "packed", bytes: size, layout: `${size} bytes${numbered}` }
}
