import { objectBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import { isBooleans, nameOf } from "../record-groups"
import { MIN_COUNT, placesOf, type Rule } from "../rule"

/** Two answers are hardly worth a number. */
const MIN_ANSWERS = 3
/** Bits of a plain number. */
const MAX_ANSWERS = 30

/** Objects that must stay objects, with several yes-or-no answers: the bits of one number. */
export const adviseFlagPacking: Rule = context =>
    context.groups.flatMap(group => {
        const objects = group.objects.filter(({ id }) => !context.claimed.nodes.has(id))
        const answers = group.fields.filter(({ values }) => isBooleans(values))
        const { length: flags } = answers
        if (objects.length < MIN_COUNT || flags < MIN_ANSWERS || flags > MAX_ANSWERS) return []
        for (const { id } of objects) context.claimed.nodes.add(id)
        const count = objects.length
        const fields = group.fields.length - flags + 1
        const before = sumBytes(objects)
        const each = objectBytes(fields)
        const churn = makingBytes(context, objects)
        const saving = count * (objectBytes(group.fields.length).churn - each.churn)
        const names = answers.map(({ name }) => name).join(", ")
        return [
            {
                lesson: "flag-packing",
                what: `${count} objects of ${group.className} have ${flags} yes-or-no fields (${names}), an entry of 16 B each`,
                instead: `keep the ${flags} answers of each ${nameOf(group.className)} in the bits of one field`,
                ...placesOf(context, makingPc(context, objects), objects),
                count,
                live: { before, after: count * each.live },
                churn: { before: churn, after: churn - saving },
                formula: `${count} x ${each.live} B for an object of ${fields} fields`,
            },
        ]
    })
