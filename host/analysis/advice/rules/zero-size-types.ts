import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import { MIN_COUNT, placesOf, type Rule } from "../rule"

/** Objects around a single value: the value alone fits where the object is referred to. */
export const adviseZeroSizeTypes: Rule = context => {
    const wrappers = context.groups.filter(
        ({ objects, fields }) =>
            objects.length >= MIN_COUNT &&
            // What two refer to, both see change.
            objects.every(object => context.index.holders(object).length === 1) &&
            fields.length === 1 &&
            fields[0]!.values.every(
                value => value !== undefined && (value === null || typeof value !== "object"),
            ),
    )
    const objects = wrappers.flatMap(group => group.objects)
    if (objects.length === 0) return []
    for (const { id } of objects) context.claimed.nodes.add(id)
    const names = wrappers.map(({ className }) => className).join(", ")
    const before = sumBytes(objects)
    return [
        {
            lesson: "zero-size-types",
            what: `${objects.length} objects of ${names} take ${Math.round(before / objects.length)} B each around a single value`,
            instead: "keep the value itself, its type told apart by a brand for the compiler",
            ...placesOf(context, makingPc(context, objects), objects),
            count: objects.length,
            live: { before, after: 0 },
            churn: { before: makingBytes(context, objects), after: 0 },
            formula: `the value has room where the reference is: ${objects.length} x 0 B`,
        },
    ]
}
