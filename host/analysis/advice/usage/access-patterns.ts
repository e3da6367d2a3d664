import { bufferBytes } from "../../../model/heap/object-sizes"
import { sumBytes } from "../advice-input"
import { bytesOf, isNumbers } from "../record-groups"
import { placeOf, type Rule } from "../rule"
import { MAX_BYTES, structureBytes } from "./numbers"
import { adviseNumberQueues } from "./queues"
import { adviseSearches } from "./searches"

/** An object with fewer keys is not worth another structure. */
const MIN_KEYS = 16
/** Numbers of which at least one of so many is used are places in a buffer. */
const DENSE = 2

/** Containers that are used as another one would be: a queue, a set, a table by number. */
export const adviseAccessPatterns: Rule = context => [
    ...adviseNumberQueues(context),
    ...adviseSearches(context),
    ...adviseNumberKeys(context),
]

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
