import type { GraphNode } from "../../heap/graph"
import type { BlockType } from "../../heap/block"
import { eachCall } from "../calls"
import { sumBytes } from "../facts"
import { makingBytes } from "../makers"
import { placeOf, type AdviceContext, type Rule } from "../rule"

const LEAST_ROWS = 4

/** Lists of objects that are written out in the source: tables that can stay in flash. */
export const adviseConstants: Rule = context => {
    const made = blocksByPc(context, "map")
    return context.index.ofType("array").flatMap(list => {
        const rows = rowsOf(context, list)
        const pcs = new Set(rows.map(({ pc }) => pc))
        // Every row has a place of its own in the source, which ran once.
        const isWritten =
            pcs.size === rows.length && rows.every(({ pc = 0 }) => made.get(pc - 1) === 1)
        if (rows.length < LEAST_ROWS || !isWritten || !rows.every(isConstant)) return []
        for (const { id } of [list, ...rows]) context.claimed.nodes.add(id)
        const before = sumBytes([list, ...rows])
        return [
            {
                lesson: "static",
                what: `${rows.length} objects of ${rows[0]!.className} in a list are written out in the source and take ${before} B of heap`,
                instead: "if they never change, write them as a table that stays in flash",
                ...placeOf(context, rows[0]!.pc ?? 0),
                count: rows.length,
                live: { before, after: 0 },
                churn: { before: makingBytes(context, rows) + list.bytes, after: 0 },
                formula: "a literal in flash takes 0 B of heap",
            },
        ]
    })
}

function rowsOf({ index, claimed }: AdviceContext, list: GraphNode): GraphNode[] {
    if ((list.scalars ?? []).length > 0) return []
    const rows = list.edges.map(({ to }) => index.nodes[to]!)
    return rows.every(({ id, type }) => type === "map" && !claimed.nodes.has(id)) ? rows : []
}

function isConstant({ edges, scalars = [] }: GraphNode): boolean {
    const isPlain = edges.every(({ kind }) => kind === "internal")
    return isPlain && scalars.length > 0 && scalars.every(({ kind }) => kind !== "function")
}

/** How many blocks of a type each pc allocated over the run. */
function blocksByPc({ calls }: AdviceContext, type: BlockType): Map<number, number> {
    const counts = new Map<number, number>()
    for (const node of eachCall(calls))
        counts.set(node.pc, (counts.get(node.pc) ?? 0) + node.of(type).blocks)
    return counts
}
