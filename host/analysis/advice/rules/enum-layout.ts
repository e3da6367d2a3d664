import type { Advice } from "../../../documents/advice"
import { arrayBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import { bytesOf, isNumbers, type Field, type FieldValue, type RecordGroup } from "../record-groups"
import { packedUnionBytes } from "../structure-costs"
import { MIN_COUNT, placesOf, type AdviceContext, type Rule } from "../rule"

const MAX_KINDS = 16
/** A kind uses at most this share of the fields, or there is little to share. */
const MAX_USED = 1 / 2

/** Objects with room for what any of several kinds has to say: tagged unions. */
export const adviseEnumLayout: Rule = context =>
    context.groups.flatMap(group => {
        if (group.objects.length < MIN_COUNT) return []
        for (const tag of group.fields) {
            const advice = adviceFor(context, group, tag)
            if (advice) return [advice]
        }
        return []
    })

function adviceFor(
    context: AdviceContext,
    { className, objects, fields }: RecordGroup,
    tag: Field,
): Advice | undefined {
    const kinds = new Set(tag.values)
    const others = fields.filter(field => field !== tag)
    const isTag = tag.values.every(value => typeof value === "string")
    if (!isTag || kinds.size < 2 || kinds.size > MAX_KINDS || others.length < 2) return undefined

    let payload = 0
    let texts = 0
    let used = 0
    for (const kind of kinds) {
        let bytes = 0
        for (const { values } of others) {
            const own = values.filter((_, i) => tag.values[i] === kind)
            if (own.every(isNothing)) continue
            used++
            if (isNumbers(own)) bytes += bytesOf(own)
            else texts += own.filter(value => !isNothing(value)).length
        }
        payload = Math.max(payload, bytes)
    }
    if (used > kinds.size * others.length * MAX_USED) return undefined

    const lists = context.index.listsOf(objects)
    for (const { id } of [...objects, ...lists]) context.claimed.nodes.add(id)
    const before = sumBytes(objects) + sumBytes(lists)
    const count = objects.length
    const side = texts > 0 ? arrayBytes(texts) : 0
    const after = packedUnionBytes(count, payload) + side
    return {
        lesson: "enum-layout",
        what: `${count} objects of ${className} have fields for all ${kinds.size} values of ${tag.name}, few of them in use: ${Math.round(before / count)} B each`,
        instead: `keep a byte for the kind and ${payload} bytes that all kinds share, in a PackedUnion${texts > 0 ? ", the texts in a list beside it" : ""}`,
        brings: "PackedUnion",
        ...placesOf(context, makingPc(context, objects), objects),
        count,
        live: { before, after },
        churn: { before: makingBytes(context, objects) + sumBytes(lists), after },
        formula: `20 + ${count} x (1 + ${payload}) B${side > 0 ? ` + ${side} B for the list of texts` : ""}`,
    }
}

function isNothing(value: FieldValue): boolean {
    return value === 0 || value === "" || value === false || value === null || value === undefined
}
