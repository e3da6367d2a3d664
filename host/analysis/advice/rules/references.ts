import type { GraphNode } from "../../../model/graph/graph"
import { sumBytes } from "../advice-input"
import { makingBytes, makingPc } from "../object-makers"
import { placesOf, type Rule } from "../rule"
import type { RecordGroup } from "../record-groups"

/** Fewer copies than this may be an accident. */
const MIN_COPIES = 4

/** Objects that hold the very same things as others: references to one of them would do. */
export const adviseReferences: Rule = context =>
    context.groups.flatMap(group => {
        const copies = copiesIn(group).filter(({ id }) => !context.claimed.nodes.has(id))
        if (copies.length < MIN_COPIES) return []
        for (const { id } of copies) context.claimed.nodes.add(id)
        const before = sumBytes(copies)
        return [
            {
                lesson: "references",
                what: `${copies.length} objects of ${group.className} are copies: they hold the same as others do`,
                instead:
                    "refer to the original instead of copying it; a Readonly type keeps it unchanged",
                ...placesOf(context, makingPc(context, copies), copies),
                count: copies.length,
                live: { before, after: 0 },
                churn: { before: makingBytes(context, copies), after: 0 },
                formula: `a reference takes the slot that the copy's has: ${copies.length} x 0 B`,
            },
        ]
    })

/**
 * The objects with equal fields that were made elsewhere than the oldest of them. Equal numbers alone
 * can be chance; that both refer to the same block tells a copy. Those made at the same place may be
 * different things in the same state.
 */
function copiesIn({ objects, fields }: RecordGroup): GraphNode[] {
    const byContents = new Map<string, GraphNode[]>()
    objects.forEach((object, i) => {
        const values = fields.map(field => field.values[i])
        if (!values.some(value => typeof value === "object" && value !== null)) return
        const key = JSON.stringify(values)
        const equal = byContents.get(key)
        if (equal) equal.push(object)
        else byContents.set(key, [object])
    })
    return [...byContents.values()].flatMap(equal => {
        const [first, ...others] = equal.toSorted(
            (a, b) => (a.allocation ?? 0) - (b.allocation ?? 0),
        )
        return others.filter(({ pc }) => pc !== first!.pc)
    })
}
