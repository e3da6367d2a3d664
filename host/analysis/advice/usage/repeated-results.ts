import { escapePattern } from "../../../base/escape-pattern"
import { arrayBytes, entriesBytes, entryRooms, objectBytes } from "../../../model/heap/object-sizes"
import type { ArgumentFacts } from "./argument-log"
import { eachCall, type CallNode } from "../call-nodes"
import { blockOf, pureFunction, type PureFunction } from "../pure-function"
import { isOnlyRead } from "../only-read"
import { placeOf, type AdviceContext, type Rule } from "../rule"

const MIN_CALLS = 20
/** A result that is asked for again less often than this is not worth keeping. */
const MIN_HITS = 1 / 2
/** A list with more places than this for each result is rather empty. */
const MAX_PLACES_EACH = 8

/** A call, and where it was made. */
interface Call {
    caller: CallNode
    node: CallNode
}

/** Where results are kept: by what, in code, and bytes that it allocates as it grows. */
interface Keep {
    where: string
    code: string
    bytes: number
    formula: string
}

/**
 * Functions that do nothing but work out a result from what they are given, and are given the same again:
 * each result can be kept, at the place of a number or by a text.
 */
export const adviseRepeatedResults: Rule = context =>
    [...context.arguments].flatMap(([start, facts]) => {
        const { different } = facts
        const known = pureFunction(context.declarationText(start) ?? "")
        const calls = context.frames.get(start)?.calls ?? 0
        const hits = 1 - different / calls
        const keep = known && keepFor(facts, known)
        if (!keep || calls < MIN_CALLS * context.starts || hits < MIN_HITS) return []
        const made = callsOf(context.calls, start)
        const nodes = eachCall(made.map(({ node }) => node))
        const isWritten = nodes.some(isWritable)
        if (context.claimed.functions.has(start)) return []
        if (isWritten && !made.every(({ caller }) => reads(context, caller, known.name))) return []
        const before = nodes.reduce((sum, node) => sum + node.ownBytes, 0)
        const after = Math.round((different * before) / calls) + keep.bytes
        if (after >= before) return []
        context.claimed.functions.add(start)
        for (const { pc } of nodes) context.claimed.pcs.add(pc)
        const share = `${Math.floor(100 * hits)} %`
        return [
            {
                what: `${calls} calls of ${known.name} had ${different} different arguments: ${share} of the results had been worked out before`,
                instead: `keep each result of ${known.name} ${keep.where}: a hit rate of ${share}`,
                code: keep.code,
                ...placeOf(context, start + 1),
                count: calls,
                churn: { before, after },
                formula: `${different} x ${Math.round(before / calls)} B to work out each once, and ${keep.formula}; the results stay`,
            },
        ]
    })

function keepFor(facts: ArgumentFacts, { parameters }: PureFunction): Keep | undefined {
    const [first = "", second = ""] = parameters
    const { different } = facts
    if (facts.kind === "texts") {
        const bytes =
            objectBytes(0).churn +
            entryRooms(different).reduce((sum, room) => sum + entriesBytes(room), 0)
        return {
            ...{ where: "in an object, by its text", bytes },
            code: `if (known[${first}] !== undefined) return known[${first}]`,
            formula: `an object with ${different} keys`,
        }
    }
    const [place, where, places] =
        facts.kind === "pairs"
            ? [
                  `${first} * ${facts.inner + 1} + ${second}`,
                  "in a list, at the place of both its arguments",
                  (facts.most + 1) * (facts.inner + 1),
              ]
            : placeOfNumber(facts, first)
    if (places > MAX_PLACES_EACH * Math.max(MIN_CALLS, different)) return undefined
    return {
        where,
        code: `if (known[${place}] !== undefined) return known[${place}]`,
        bytes: 2 * arrayBytes(places),
        formula: `a list of ${places}`,
    }
}

function placeOfNumber(
    { least, most, step }: ArgumentFacts & { kind: "numbers" },
    name: string,
): [place: string, where: string, places: number] {
    const plain = "in a list, at the place of its argument"
    if (step === 1 && least >= 0 && most < MAX_PLACES_EACH * MIN_CALLS)
        return [name, plain, most + 1]
    const from = least < 0 ? `${name} + ${-least}` : least > 0 ? `${name} - ${least}` : name
    const isPlain = step === 1
    return [
        isPlain ? from : least === 0 ? `${name} / ${step}` : `(${from}) / ${step}`,
        `${plain}, from ${least} on${isPlain ? "" : ` in steps of ${step}`}`,
        (most - least) / step + 1,
    ]
}

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
