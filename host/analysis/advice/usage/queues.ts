import type { GraphNode } from "../../../model/graph/graph"
import { bufferBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import type { Uses } from "../array-methods"
import { makingBytes, makingPc } from "../object-makers"
import { bytesOf, isBooleans, isNumbers, nameOf, type Field } from "../record-groups"
import { MIN_COUNT, placeOf, placesOf, type Rule } from "../rule"
import { RECORD_RING_BYTES, RING_BYTES } from "../structure-costs"
import { elementBytes, structureBytes } from "./numbers"
import { CALL_US, methodFrameBytes, methodMs, roundWork } from "./work"

/** Fewer calls than this are no way to use a list. */
const MIN_CALLS = 20
/** A shorter list of numbers takes little, and less than a structure. */
const MIN_LENGTH = 24
/** Room above the most that was ever held. */
const SPARE = 1.25

/** Lists of numbers whose first element is taken out. */
export const adviseNumberQueues: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { shift: use, pushed = 0 } = context.useOf(list.address) ?? {}
        if (!use || context.claimed.nodes.has(list.id)) return []
        const { calls, elements, most } = use
        const width = list.length === 0 ? 2 : elementBytes(list)
        if (calls < MIN_CALLS || elements / calls < MIN_LENGTH || !width) return []
        context.claimed.nodes.add(list.id)
        const capacity = Math.ceil(most * SPARE)
        const pushes = putIn(list, pushed, use)
        const { push, shift } = CALL_US.RingBuffer(width)
        const framesBefore = methodFrameBytes(context, "shift", use)
        const framesAfter = pushes * RING_BYTES.push + calls * RING_BYTES.shift
        const after = bufferBytes(capacity * width) + structureBytes(context, 6, 3)
        return [
            {
                what: `a list of up to ${most} numbers is a queue: ${pushes} were put in, and ${calls} times the first was taken out, which moves all others`,
                instead: `a RingBuffer for ${capacity} numbers of ${width} B moves nothing and refuses what does not fit; its calls take frames and time`,
                code: `const queue = new RingBuffer(${capacity}, ${width})`,
                ...placeOf(context, list.storagePc ?? list.pc ?? 0),
                count: calls,
                live: { before: list.bytes, after },
                churn: { before: Math.round(framesBefore), after: framesAfter },
                workMs: roundWork(methodMs(context, "shift", use), pushes * push + calls * shift),
                formula: `12 + ${capacity} x ${width} B and the object; frames ${pushes} x ${RING_BYTES.push} B + ${calls} x ${RING_BYTES.shift} B`,
            },
        ]
    })

/** Lists of objects of numbers whose first element is taken out: each object comes and goes. */
export const adviseObjectQueues: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { shift: use, pushed = 0 } = context.useOf(list.address) ?? {}
        const queued = use && context.queued(list.address)
        const bytes = queued && recordBytes(queued.fields)
        if (!use || !queued || !bytes || context.claimed.nodes.has(list.id)) return []
        const { calls, most } = use
        const { className, fields } = queued
        if (calls < MIN_CALLS || most < MIN_COUNT) return []
        const waiting = list.edges
            .filter(({ kind }) => kind === "element")
            .map(({ to }) => context.index.nodes[to]!)
        for (const { id } of [list, ...waiting]) context.claimed.nodes.add(id)
        const { makers } = context
        for (const maker of makers)
            if (queued.objects.some(object => maker.made(object)))
                for (const pc of maker.pcs) context.claimed.pcs.add(pc)
        const capacity = Math.ceil(most * SPARE)
        const pushes = putIn(list, pushed, use)
        const each = sumBytes(queued.objects) / queued.objects.length
        const after = bufferBytes(capacity * bytes) + structureBytes(context, 6, 3)
        const before = list.bytes + sumBytes(waiting)
        const frames = pushes * RECORD_RING_BYTES.push + 2 * calls * RECORD_RING_BYTES.shift
        const { push, peek, shift, field } = CALL_US.RecordRing
        return [
            {
                what: `a list of up to ${most} objects of ${className} is a queue: ${pushes} were put in, and ${calls} times the first was taken out; each takes ${Math.round(each)} B for ${fields.length} fields`,
                instead: `a RecordRing for ${capacity} records of ${bytes} B makes no object for ${nameOf(className) === "object" ? "any of them" : `any ${className}`} and refuses what does not fit; its calls take frames and time`,
                code: `const queue = new RecordRing(${capacity}, ${bytes})\nconst at = queue.push()   // undefined when it is full\nqueue.buffer.setAt(at, "u8", value)`,
                ...placesOf(context, makingPc(context, queued.objects), queued.objects),
                count: calls,
                live: { before, after },
                churn: {
                    before: Math.round(
                        makingBytes(context, queued.objects) +
                            methodFrameBytes(context, "shift", use),
                    ),
                    after: frames,
                },
                ...(waiting.length < most && {
                    peak: { before: Math.round(list.bytes + most * each), after },
                }),
                workMs: roundWork(
                    methodMs(context, "shift", use),
                    pushes * (push + fields.length * field) + calls * (peek + shift),
                ),
                complexity: "medium",
                formula: `12 + ${capacity} x ${bytes} B and the object; frames ${pushes} x ${RECORD_RING_BYTES.push} B + ${calls} x 2 x ${RECORD_RING_BYTES.shift} B`,
            },
        ]
    })

/**
 * How many were put in: those that were pushed. Where that is not all, because the list was written out or
 * filled by index, what is put in comes out or is still there.
 */
function putIn({ length = 0 }: GraphNode, pushed: number, { calls, most }: Uses): number {
    return pushed >= most ? pushed : calls + length
}

/** Bytes of a record of these fields, each by itself; undefined when one holds anything else. */
function recordBytes(fields: readonly Field[]): number | undefined {
    let bytes = 0
    for (const { values } of fields)
        if (isBooleans(values)) bytes++
        else if (isNumbers(values)) bytes += bytesOf(values)
        else return undefined
    return bytes
}
