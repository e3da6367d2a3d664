import { escapePattern } from "../../../base/escape-pattern"
import { arrayBytes } from "../../../model/heap/object-sizes"
import { eachCall, type CallNode } from "../call-nodes"
import { blockOf, pureFunction } from "../pure-function"
import { isOnlyRead } from "../only-read"
import { placeOf, type AdviceContext, type Rule } from "../rule"

const MIN_CALLS = 20
/** A result that is asked for again less often than this is not worth keeping. */
const MIN_HITS = 1 / 2
/** More results than this are rather much to keep. */
const MAX_KEPT = 64

/** A call, and where it was made. */
interface Call {
    caller: CallNode
    node: CallNode
}

/**
 * Functions that do nothing but work out a result from one small number, and are asked for the same again:
 * each result can be kept at the place of its number.
 */
export const adviseRepeatedResults: Rule = context =>
    [...context.arguments].flatMap(([start, { different, most }]) => {
        const known = pureFunction(context.declarationText(start) ?? "")
        const calls = context.frames.get(start)?.calls ?? 0
        const hits = 1 - different / calls
        if (!known || calls < MIN_CALLS * context.starts || hits < MIN_HITS) return []
        const made = callsOf(context.calls, start)
        const nodes = eachCall(made.map(({ node }) => node))
        const isWritten = nodes.some(isWritable)
        if (different > MAX_KEPT || context.claimed.functions.has(start)) return []
        if (isWritten && !made.every(({ caller }) => reads(context, caller, known.name))) return []
        const before = nodes.reduce((sum, node) => sum + node.ownBytes, 0)
        const after = Math.round((different * before) / calls) + 2 * arrayBytes(most + 1)
        if (after >= before) return []
        context.claimed.functions.add(start)
        for (const { pc } of nodes) context.claimed.pcs.add(pc)
        const share = `${Math.floor(100 * hits)} %`
        return [
            {
                what: `${calls} calls of ${known.name} had ${different} different arguments: ${share} of the results had been worked out before`,
                instead: `keep each result of ${known.name} in a list, at the place of its argument: a hit rate of ${share}`,
                code: `if (known[${known.parameter}] !== undefined) return known[${known.parameter}]`,
                ...placeOf(context, start + 1),
                count: calls,
                churn: { before, after },
                formula: `${different} x ${Math.round(before / calls)} B to work out each once, and a list of ${most + 1}; the results stay`,
            },
        ]
    })

/** Calls of a function by the program's own. */
function callsOf(nodes: readonly CallNode[], start: number): Call[] {
    return eachCall(nodes).flatMap(caller =>
        caller.callees
            .filter(({ functionStart }) => functionStart === start)
            .map(node => ({ caller, node })),
    )
}

/** It makes what somebody may write into. */
function isWritable(node: CallNode): boolean {
    return (["array", "buffer", "map"] as const).some(type => node.of(type).blocks > 0)
}

/** The result is put into a local that is only read. */
function reads(context: AdviceContext, caller: CallNode, name: string): boolean {
    const source = context.statementAt(caller.pc + 1) ?? ""
    const declared = new RegExp(
        `^(?:const|let)\\s+([\\w$]+)[^=;\\n]*=\\s*${escapePattern(name)}\\(`,
    ).exec(source)?.[1]
    return declared !== undefined && isOnlyRead(blockOf(source), declared)
}
