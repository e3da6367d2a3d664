import type { Advice } from "../../../documents/advice"
import { eachCall, type CallNode } from "../call-nodes"
import { arrayBytes, bufferBytes } from "../../../model/heap/object-sizes"
import { CACHE_HIT_BYTES, CACHE_MISS_BYTES, structureBytes } from "../structure-costs"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import type { TextSite } from "../texts"

const MIN_CALLS = 20
/** Results of which more than this share are different are not worth a cache. */
const MAX_DIFFERENT = 1 / 2

/** A function that fills a list for every text it makes, and makes the same texts again. */
export const adviseContainerReuseResults: Rule = context =>
    [...context.texts.bySite]
        .filter(
            ([, { functionStart, texts }]) => context.frames.get(functionStart)?.calls === texts,
        )
        .sort(([, a], [, b]) => b.bytes - a.bytes)
        // The largest text of a function is what it is for.
        .filter(([, { functionStart }], i, sites) =>
            sites.slice(0, i).every(([, larger]) => larger.functionStart !== functionStart),
        )
        .flatMap(([pc, site]) => adviceFor(context, pc, site) ?? [])

function adviceFor(context: AdviceContext, pc: number, site: TextSite): Advice | undefined {
    const { functionStart, texts, different: seen } = site
    const frames = context.frames.get(functionStart)
    if (!seen || texts < MIN_CALLS || frames?.calls !== texts) return undefined
    // What it waits for may be another thing each time.
    const waits = /^(export\s+)?async\b/.test(context.declarationText(functionStart) ?? "")
    if (waits || context.claimed.functions.has(functionStart)) return undefined
    const nodes = outermostOf(context.calls, functionStart)
    const lists = nodes.reduce((sum, node) => sum + node.of("array").blocks, 0)
    const kept = nodes.reduce((sum, node) => sum + node.of("array").live, 0)
    const different = seen.size
    if (lists < texts || kept > 0 || different > texts * MAX_DIFFERENT) return undefined

    context.claimed.functions.add(functionStart)
    const inside = nodes.reduce((sum, node) => sum + node.totalBytes, 0)
    const before = inside + frames.bytes
    // The list itself is used again: only what goes into it is made anew.
    const each = (inside - listBytes(nodes) + frames.bytes) / texts
    const contents = 2 * arrayBytes(different) + bufferBytes(2 * different)
    const cache = structureBytes("ResultCache")
    const after =
        texts * CACHE_HIT_BYTES + different * (each + CACHE_MISS_BYTES) + cache.churn + contents
    if (after >= before) return undefined
    const liveTexts = context.index
        .ofType("string", "string-jmp")
        .filter(node => node.pc === pc + 1)
    const live = liveTexts.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const { id } of liveTexts) context.claimed.nodes.add(id)
    const kinds = [...new Map(liveTexts.map(node => [node.text, node.bytes])).values()]
    const liveAfter = kinds.reduce((sum, bytes) => sum + bytes, cache.live + contents)
    const name = nodes[0]!.within.function
    return {
        lesson: "container-reuse",
        what: `${texts} calls of ${name} filled a list each, ${Math.round(before / texts)} B a call, for ${different} different texts`,
        instead: "fill one list again, and keep the last results in a ResultCache",
        brings: "ResultCache",
        ...placeOf(context, pc + 1),
        count: texts,
        ...(live > liveAfter && { live: { before: live, after: liveAfter } }),
        churn: { before, after: Math.round(after) },
        formula: `${texts} x ${CACHE_HIT_BYTES} B to look it up + ${different} x (${Math.round(each)} + ${CACHE_MISS_BYTES}) B to work it out + ${cache.churn + contents} B for the cache`,
    }
}

/**
 * Where a function stood that the program called, not one that a timer did: it could ask a cache first.
 * Calls inside another call of it are left out.
 */
function outermostOf(callers: readonly CallNode[], functionStart: number): CallNode[] {
    return callers.flatMap(({ callees, isProgram }) => [
        ...callees.filter(callee => isProgram && callee.functionStart === functionStart),
        ...outermostOf(
            callees.filter(callee => callee.functionStart !== functionStart),
            functionStart,
        ),
    ])
}

/** Bytes of the arrays that these calls made, and of the blocks they grew through. */
function listBytes(nodes: readonly CallNode[]): number {
    return [...eachCall(nodes)].reduce(
        (sum, node) => sum + node.of("array").bytes + node.of("bytes").bytes,
        0,
    )
}
