import type { CallNode } from "../calls"
import { eachCall } from "../calls"
import { bufferBytes } from "../costs"
import { BLOCK_USE_BYTES, structureBytes } from "../structures"
import { placeOf, type Rule } from "../rule"

const LEAST_BUFFERS = 10
/** Buffers that are there at the end, or after a collection: no more than these are in use at once. */
const MOST_KEPT = 3

/** Buffers made and dropped again and again: blocks in size classes are used again. */
export const adviseBlocks: Rule = context => {
    const byPc = new Map<number, CallNode[]>()
    for (const node of eachCall(context.calls))
        if (node.isProgram && node.of("buffer").blocks > 0)
            byPc.set(node.pc, [...(byPc.get(node.pc) ?? []), node])
    return [...byPc].flatMap(([pc, nodes]) => {
        const sum = (of: (node: CallNode) => number) =>
            nodes.reduce((all, node) => all + of(node), 0)
        const count = sum(node => node.of("buffer").blocks)
        const before = sum(node => node.of("buffer").bytes)
        const kept = sum(node => Math.max(node.of("buffer").live, node.of("buffer").survivors))
        const made = structureBytes("BlockPool").churn
        const block = bufferBytes(classOf(context.largestBuffers.get(pc) ?? 0))
        const after = count * BLOCK_USE_BYTES + made + block
        if (count < LEAST_BUFFERS || kept > MOST_KEPT || after >= before) return []
        return [
            {
                lesson: "block-pool",
                what: `${count} buffers of ${Math.round(before / count)} B on average were made, used and dropped`,
                instead: "hand out blocks of a few sizes that come back",
                ...placeOf(context, pc + 1),
                count,
                churn: { before, after },
                formula: `${count} x ${BLOCK_USE_BYTES} B of calls + one block of ${block} B + ${made} B for the pool`,
            },
        ]
    })
}

/** The class of sizes that a pool of blocks rounds up to: 64, 1,024, 16,384. */
function classOf(bytes: number): number {
    let size = 64
    while (size < bytes) size *= 16
    return size
}
