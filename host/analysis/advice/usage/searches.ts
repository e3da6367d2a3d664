import type { GraphNode } from "../../../model/graph/graph"
import {
    bufferBytes,
    entriesBytes,
    entryRooms,
    objectBytes,
} from "../../../model/heap/object-sizes"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import { BIT_SET_BYTES } from "../structure-costs"
import { elementBytes, structureBytes, valuesOf } from "./numbers"
import { CALL_US, methodFrameBytes, methodMs, roundWork } from "./work"

/** Fewer calls than this are no way to use a list. */
const MIN_CALLS = 20
/** A shorter list is gone through in no time. */
const MIN_LENGTH = 24
/** A list in which searching takes a smaller share of the program's time may be searched. */
const MIN_SHARE = 1 / 20

/** Lists that are searched one by one: each look goes through all before what it finds. */
export const adviseSearches: Rule = context => [
    ...adviseNumberSearches(context),
    ...adviseTextSearches(context),
]

/** Lists of small numbers: a bit for each number there could be. */
const adviseNumberSearches: Rule = context =>
    searched(context).flatMap(({ list, use }) => {
        const { calls, most } = use
        const largest = Math.max(...valuesOf(list))
        if (!elementBytes(list)) return []
        const after = bufferBytes(Math.ceil((largest + 1) / 8)) + structureBytes(context, 4, 2)
        if (after >= list.bytes) return []
        context.claimed.nodes.add(list.id)
        const framesBefore = methodFrameBytes(context, "search", use)
        return [
            {
                lesson: "bit-packing",
                what: `a list of ${most} numbers is searched from its start, ${calls} times, for numbers up to ${largest}`,
                instead: `a BitSet with a bit for each of ${largest + 1} numbers says at once whether one is in it`,
                code: `const known = new BitSet(${largest + 1})`,
                ...placeOf(context, list.storagePc ?? list.pc ?? 0),
                count: calls,
                live: { before: list.bytes, after },
                churn: { before: Math.round(framesBefore), after: calls * BIT_SET_BYTES.has },
                workMs: roundWork(methodMs(context, "search", use), calls * CALL_US.BitSet.has),
                formula: `12 + ${largest + 1} / 8 B and the object; work: 1 look instead of up to ${most}`,
            },
        ]
    })

/** Lists of texts: the VM itself looks for a key of an object, without a frame. */
const adviseTextSearches: Rule = context =>
    searched(context).flatMap(({ list, use }) => {
        const { calls, most } = use
        // Keys of an object stay: what leaves has to be a list.
        const leaves = (context.useOf(list.address)?.shift.calls ?? 0) > 0
        if (!areTexts(context, list) || leaves) return []
        const before = methodMs(context, "search", use)
        const all = [...context.runningMs.values()].reduce((sum, ms) => sum + ms, 0)
        if (before < MIN_SHARE * all) return []
        context.claimed.nodes.add(list.id)
        const room = entryRooms(list.length ?? 0).at(-1) ?? 0
        const after = objectBytes(0).live + entriesBytes(room)
        const { lookUp, key } = CALL_US.dictionary
        return [
            {
                what: `a list of ${most} texts is searched from its start, ${calls} times, which takes ${Math.round(before)} ms of board time`,
                instead: `an object with each text as a key, its place or true as the value, is looked up by the VM itself; it takes ${after - list.bytes} B of heap more`,
                code: `const known: { [text: string]: boolean } = {}\nif (known[text])`,
                ...placeOf(context, list.storagePc ?? list.pc ?? 0),
                count: calls,
                live: { before: list.bytes, after },
                churn: { before: Math.round(methodFrameBytes(context, "search", use)), after: 0 },
                workMs: roundWork(before, calls * (lookUp + key * most)),
                formula: `16 + 4 + ${room} x 16 B instead of a list; no frame`,
            },
        ]
    })

/** Lists that are gone through for what they hold, often enough to be worth another structure. */
function searched({ index, claimed, useOf }: AdviceContext) {
    return index.ofType("array").flatMap(list => {
        const use = useOf(list.address)?.search
        const isOften = use && use.calls >= MIN_CALLS && use.elements / use.calls >= MIN_LENGTH
        return isOften && !claimed.nodes.has(list.id) ? [{ list, use }] : []
    })
}

function areTexts({ index }: AdviceContext, { edges, scalars = [], length = 0 }: GraphNode) {
    const isText = (to: number) => /^string/.test(index.nodes[to]!.type ?? "")
    const texts = edges.filter(({ kind }) => kind === "element")
    return (
        texts.length + scalars.length === length &&
        texts.every(({ to }) => isText(to)) &&
        scalars.every(({ kind }) => kind === "string")
    )
}
