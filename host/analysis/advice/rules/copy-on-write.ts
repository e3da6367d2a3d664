import { includesBytes } from "../../../base/bytes"
import { fromHex, toHex } from "../../../base/hex"
import type { GraphNode } from "../../../model/graph/graph"
import { commonPc, sumBytes } from "../advice-input"
import { placesOf, type Rule } from "../rule"

const MIN_COPIES = 4
const MIN_BYTES = 16

/** Buffers that still are what they were copied from: one for all, a copy at the first change. */
export const adviseCopyOnWrite: Rule = context => {
    const byContents = new Map<string, GraphNode[]>()
    for (const buffer of context.index.ofType("buffer")) {
        const contents = context.contents.get(buffer.id)
        // Empty ones, or blank ones, will get contents of their own.
        const isBlank = contents?.every(byte => byte === contents[0])
        if (!contents || contents.length < MIN_BYTES || isBlank) continue
        const key = toHex(contents)
        byContents.set(key, [...(byContents.get(key) ?? []), buffer])
    }
    return [...byContents].flatMap(([hex, equal]) => {
        const contents = fromHex(hex)
        // What they are copies of may be one of them, or lie in flash.
        const oldest = equal.toSorted((a, b) => (a.allocation ?? 0) - (b.allocation ?? 0))
        const isInFlash = includesBytes(context.bytecode, contents)
        const copies = isInFlash ? equal : oldest.slice(1)
        if (copies.length < MIN_COPIES) return []
        for (const { id } of copies) context.claimed.nodes.add(id)
        const before = sumBytes(copies)
        return [
            {
                lesson: "copy-on-write",
                what: `${copies.length} buffers of ${contents.length} bytes are unchanged copies of one${isInFlash ? " in flash" : ""}`,
                instead: "share one buffer until somebody changes something, and copy then",
                ...placesOf(context, commonPc(copies), copies),
                count: copies.length,
                live: { before, after: 0 },
                churn: { before, after: 0 },
                formula: `a reference takes the slot that the copy's has: ${copies.length} x 0 B`,
            },
        ]
    })
}
