import type { GraphNode } from "../../../model/graph/graph"
import { bufferBytes, objectBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { bytesOf, isNumbers } from "../record-groups"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import { widthOf } from "../rules/packed-numbers"

/** Fewer calls than this are no way to use a list. */
const MIN_CALLS = 20
/** A shorter list is gone through in no time. */
const MIN_LENGTH = 24
/** An object with fewer keys is not worth another structure. */
const MIN_KEYS = 16
/** Room above the most that was ever held. */
const SPARE = 1.25
/** Bytes of an element of a list. */
const ELEMENT_BYTES = 8
/** The structures hold numbers of at most so many bytes. */
const MAX_BYTES = 4
/** The VM's table of the program's classes, which the first class makes. */
const CLASSES = "prototypes of classes"
const FIRST_CLASS_BYTES = 44
/** What the VM makes at the first use of a buffer: two objects without fields. */
const BUFFER_CLASS_BYTES = 2 * objectBytes(0).live
/** Numbers of which at least one of so many is used are places in a buffer. */
const DENSE = 2

/** Containers that are used as another one would be: a queue, a set, a table by number. */
export const adviseAccessPatterns: Rule = context => [
    ...adviseQueues(context),
    ...adviseSearches(context),
    ...adviseNumberKeys(context),
]

/** Lists whose first element is taken out: each time all others move by a place. */
const adviseQueues: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const use = context.useOf(list.address)?.shift
        if (!use || isOther(context, list)) return []
        const { calls, elements, most } = use
        const width = list.length === 0 ? 2 : elementBytes(list)
        if (calls < MIN_CALLS || elements / calls < MIN_LENGTH || !width) return []
        context.claimed.nodes.add(list.id)
        const capacity = Math.ceil(most * SPARE)
        const after = bufferBytes(capacity * width) + structureBytes(context, 6, 3)
        const moved = Math.round((elements / calls) * ELEMENT_BYTES)
        return [
            {
                what: `a list of up to ${most} numbers is a queue: ${calls} times the first was taken out, which moves ${moved} B of others each time`,
                instead: `a RingBuffer for ${capacity} numbers of ${width} B moves nothing; its push takes the frame of a call, and it refuses what does not fit`,
                code: `const queue = new RingBuffer(${capacity}, ${width})`,
                ...placeOf(context, list.storagePc ?? list.pc ?? 0),
                count: calls,
                live: { before: list.bytes, after },
                formula: `12 + ${capacity} x ${width} B and the object; work: 0 B moved instead of ${calls} x ${moved} B`,
            },
        ]
    })

/** Lists of small numbers that are searched one by one. */
const adviseSearches: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const use = context.useOf(list.address)?.search
        if (!use || isOther(context, list)) return []
        const { calls, elements, most } = use
        const largest = Math.max(...valuesOf(list))
        if (calls < MIN_CALLS || elements / calls < MIN_LENGTH || !elementBytes(list)) return []
        const after = bufferBytes(Math.ceil((largest + 1) / 8)) + structureBytes(context, 4, 2)
        if (after >= list.bytes) return []
        context.claimed.nodes.add(list.id)
        return [
            {
                lesson: "bit-packing",
                what: `a list of ${most} numbers is searched from its start, ${calls} times, for numbers up to ${largest}`,
                instead: `a BitSet with a bit for each of ${largest + 1} numbers says at once whether one is in it`,
                code: `const known = new BitSet(${largest + 1})`,
                ...placeOf(context, list.storagePc ?? list.pc ?? 0),
                count: calls,
                live: { before: list.bytes, after },
                formula: `12 + ${largest + 1} / 8 B and the object; work: 1 look instead of up to ${most}`,
            },
        ]
    })

/** Objects whose keys are numbers, kept as texts. */
const adviseNumberKeys: Rule = context =>
    context.index.ofType("map").flatMap(map => {
        const { id, edges, scalars = [], bytes } = map
        const texts = edges.filter(({ kind }) => kind === "key")
        const keys = texts.map(({ name }) => Number(name))
        const isByNumber = texts.every(({ name }) => /^(0|[1-9]\d{0,8})$/.test(name))
        if (context.claimed.nodes.has(id) || texts.length < MIN_KEYS || !isByNumber) return []
        const values = scalars.map(({ kind, value }) => (kind === "number" ? value : undefined))
        if (values.length !== keys.length || !isNumbers(values)) return []
        const width = bytesOf(values)
        if (width > MAX_BYTES || Math.min(...values) < 0) return []
        for (const { to } of texts) context.claimed.nodes.add(to)
        context.claimed.nodes.add(id)
        const before = bytes + sumBytes(texts.map(({ to }) => context.index.nodes[to]!))
        const largest = Math.max(...keys)
        const isDense = largest + 1 <= DENSE * keys.length
        const keyWidth = bytesOf([largest + 1])
        // A quarter is left empty, so that a key is found soon.
        const slots = keys.length + (keys.length >> 2) + 1
        const after = isDense
            ? bufferBytes((largest + 1) * width)
            : bufferBytes(slots * (keyWidth + width)) + structureBytes(context, 6, 3)
        return [
            {
                what: `an object has ${keys.length} numbers as keys, each kept as a text`,
                instead: isDense
                    ? `keep the values in a Buffer, ${width} B each, at the place of their number`
                    : `a FixedMap for ${keys.length} keys of ${keyWidth} B with values of ${width} B has no texts; its calls take frames`,
                code: isDense
                    ? `const values = Buffer.alloc(${(largest + 1) * width})`
                    : `const values = new FixedMap(${keys.length}, ${keyWidth}, ${width})`,
                ...placeOf(context, map.storagePc ?? map.pc ?? 0),
                count: keys.length,
                live: { before, after },
                formula: isDense
                    ? `12 + ${largest + 1} x ${width} B`
                    : `12 + ${slots} x (${keyWidth} + ${width}) B and the object`,
            },
        ]
    })

/** Bytes that hold each whole number of a list, none below 0; undefined where there are others. */
function elementBytes(list: GraphNode): number | undefined {
    const width = widthOf(list)
    if (!width || width > MAX_BYTES || valuesOf(list).some(value => value < 0)) return undefined
    return width
}

function valuesOf({ scalars = [] }: GraphNode): number[] {
    return scalars.map(({ value }) => value as number)
}

function isOther({ claimed }: AdviceContext, list: GraphNode): boolean {
    return claimed.nodes.has(list.id)
}

/** A structure's object and its class, without what it holds, and what the first of a program brings along. */
function structureBytes({ index }: AdviceContext, fields: number, methods: number): number {
    const has = (name: string) => index.nodes.some(node => node.name === name)
    const table = index.nodes.find(({ name }) => name === CLASSES)
    const first = table && (table.length ?? 0) > 0 ? 0 : FIRST_CLASS_BYTES
    const buffer = has("Buffer.prototype") ? 0 : BUFFER_CLASS_BYTES
    return objectBytes(fields).live + objectBytes(methods).live + first + buffer
}
