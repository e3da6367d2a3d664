import type { Advice } from "../../../documents/advice"
import { eachCall, type CallNode } from "../call-nodes"
import { freeMapBytes } from "../structure-costs"
import { placeOf, type Rule } from "../rule"

const MIN_BUFFERS = 20
/** Buffers that are there at the end, or after a collection, are in use at once: this many may be. */
const MAX_AT_ONCE = 3
/** Or this share of all, if that is more. */
const MAX_AT_ONCE_SHARE = 1 / 5
/** A block can be larger by less than this than what was asked for: a hole too small for another one. */
const SLACK_BYTES = 12

/** Buffers made and dropped again and again: one is used again, or blocks in size classes are. */
export const adviseBlockPool: Rule = context => {
    const byPc = new Map<number, CallNode[]>()
    for (const node of eachCall(context.calls))
        if (node.isProgram && node.of("buffer").blocks > 0)
            byPc.set(node.pc, [...(byPc.get(node.pc) ?? []), node])
    return [...byPc].flatMap(([pc, nodes]) => {
        const sum = (of: (node: CallNode) => number) =>
            nodes.reduce((all, node) => all + of(node), 0)
        const kept = sum(node => Math.max(node.of("buffer").live, node.of("buffer").survivors))
        const count = sum(node => node.of("buffer").blocks)
        const buffers = {
            count,
            bytes: sum(node => node.of("buffer").bytes),
            largest: context.largestBuffers[pc] ?? 0,
            atOnce: Math.max(1, kept),
        }
        const isClaimed = context.claimed.pcs.has(pc)
        const mostAtOnce = Math.max(MAX_AT_ONCE, count * MAX_AT_ONCE_SHARE)
        if (count < MIN_BUFFERS * context.starts || kept > mostAtOnce || isClaimed) return []
        // Many at once have to stay, where they would be gone: only a pool of them is worth that.
        const advice = pooled(buffers) ?? (kept <= MAX_AT_ONCE ? usedAgain(buffers) : undefined)
        if (!advice) return []
        return [{ ...advice, ...placeOf(context, pc + 1), count }]
    })
}

/** What one place made over the run. */
interface Buffers {
    count: number
    bytes: number
    /** Bytes of the largest block. */
    largest: number
    atOnce: number
}

/** Buffers of different sizes, large enough to be worth the calls. */
function pooled(buffers: Buffers): Omit<Advice, "at" | "count"> | undefined {
    const { count, bytes, largest, atOnce } = buffers
    const block = atOnce === 1 ? largest : Math.ceil(bytes / count)
    const made = freeMapBytes(atOnce)
    const after = atOnce * block + made
    if (largest - bytes / count < SLACK_BYTES || after >= bytes) return undefined
    return {
        lesson: "block-pool",
        what: `${count} buffers of ${Math.round(bytes / count)} B on average were made, used and dropped`,
        instead:
            "make blocks of a few sizes once, and hand them out again: a FreeMap tells which are free, without a call",
        brings: "FreeMap",
        churn: { before: bytes, after },
        formula: `${atOnce} x ${block} B of blocks + ${made} B for the map and their list`,
    }
}

function usedAgain({ count, bytes, largest, atOnce }: Buffers): Omit<Advice, "at" | "count"> {
    return {
        lesson: "container-reuse",
        what: `${count} buffers of ${Math.round(bytes / count)} B were made, used and dropped`,
        instead: "make the buffer once and fill it again",
        churn: { before: bytes, after: atOnce * largest },
        formula: `${atOnce} x ${largest} B, as large as the largest`,
    }
}
