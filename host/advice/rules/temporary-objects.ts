import type { Advice } from "../advice"
import type { Maker } from "../makers"
import { POOL_USE_BYTES, structureBytes } from "../structures"
import { placeOf, type AdviceContext, type Rule } from "../rule"

/** Fewer objects than this do not churn. */
const LEAST_OBJECTS = 20
/** Objects that are gone by the next collection but for this share of them were never kept. */
const MOST_KEPT = 0.05
/** Or for these few, which the collection met in use. */
const FEW = 3

/** Objects made and dropped again and again: locals if they are plain, a pool if they have parts. */
export const adviseTemporaries: Rule = context =>
    context.makers.flatMap(maker => {
        const { count, kept } = maker
        if (count < LEAST_OBJECTS || kept > Math.max(FEW, count * MOST_KEPT)) return []
        return (maker.hasParts ? pooled(context, maker) : asLocals(context, maker)) ?? []
    })

function pooled(context: AdviceContext, { name, pc, count, bytes }: Maker): Advice | undefined {
    const each = Math.round(bytes / count)
    const made = structureBytes("ObjectPool").churn
    const after = count * POOL_USE_BYTES + FEW * each + made
    if (after >= bytes) return undefined
    return {
        lesson: "pool",
        what: `${count} objects of ${name} were made with all their parts, ${each} B each, and dropped`,
        instead: "make as many as are in use at once, and use them again",
        ...placeOf(context, pc + 1),
        count,
        churn: { before: bytes, after },
        formula: `${count} x ${POOL_USE_BYTES} B of calls + ${FEW} objects of ${each} B + ${made} B for the pool`,
    }
}

function asLocals(context: AdviceContext, maker: Maker): Advice {
    const { name, pc, count } = maker
    const before = maker.bytes + frameBytes(context, maker)
    return {
        lesson: "stack",
        what: `${count} objects of ${name} were made, used and dropped: ${Math.round(before / count)} B each with the calls of their functions`,
        instead: "keep their fields in locals, whose place is in the frame that is there anyway",
        ...placeOf(context, pc + 1),
        count,
        churn: { before, after: 0 },
        formula:
            "no object, no constructor's frame and no method's: 0 B, and 8 B a call for a new local",
    }
}

/** Frames of the constructor and of the methods of its class. */
function frameBytes(context: AdviceContext, { name, constructorStart }: Maker): number {
    if (constructorStart === undefined) return 0
    const prototype = context.graph.nodes.find(
        node => node.className === "class prototype" && node.name === `${name}.prototype`,
    )
    const starts = new Set([constructorStart])
    for (const { kind, value } of prototype?.scalars ?? [])
        if (kind === "function") starts.add(context.functionStarts[value as number] ?? -1)
    return [...starts].reduce((sum, start) => sum + (context.frames.get(start)?.bytes ?? 0), 0)
}
