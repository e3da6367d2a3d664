import { blockBytes } from "../costs"
import { LEAST_COUNT, placeOf, type Rule } from "../rule"
import { fieldSizes, sortedBytes, type Run } from "../struct-layout"

const LEAST_RECORD = 8
const MOST_RECORD = 64
const ALMOST = 0.9

/** Records in a buffer whose fields leave gaps because a small one stands before a large one. */
export const adviseOrdering: Rule = context =>
    context.index.ofType("buffer").flatMap(buffer => {
        const contents = context.contents.get(buffer.id)
        if (!contents || context.claimed.nodes.has(buffer.id)) return []
        const recordBytes = likelyRecordBytes(contents)
        const sizes = recordBytes && fieldSizes(runsOf(contents, recordBytes), recordBytes)
        if (!recordBytes || !sizes) return []
        const sorted = sortedBytes(sizes)
        if (sorted >= recordBytes) return []
        context.claimed.nodes.add(buffer.id)
        const count = contents.length / recordBytes
        const before = buffer.bytes
        const after = blockBytes(before - count * (recordBytes - sorted))
        return [
            {
                lesson: "ordering",
                what: `${count} records of ${recordBytes} bytes in a buffer have gaps before their large fields, if their fields take ${sizes.join(", ")} bytes`,
                instead: "put the large fields first: a gap is left at the end at most",
                ...placeOf(context, buffer.pc ?? 0),
                count,
                live: { before, after },
                formula: `${count} x (${recordBytes} - ${sorted}) B less`,
            },
        ]
    })

/**
 * The shortest length at which bytes are 0 in every record, as many as at hardly any other: two or
 * three records together can look emptier by chance, when every second or third is like the last.
 */
function likelyRecordBytes(contents: Uint8Array): number | undefined {
    const lengths: { bytes: number; unused: number }[] = []
    for (let bytes = LEAST_RECORD; bytes <= MOST_RECORD; bytes += 2) {
        if (contents.length % bytes !== 0 || contents.length / bytes < LEAST_COUNT) continue
        const used = runsOf(contents, bytes).reduce((sum, { length }) => sum + length, 0)
        if (used > 0 && used < bytes) lengths.push({ bytes, unused: 1 - used / bytes })
    }
    const most = Math.max(...lengths.map(({ unused }) => unused))
    return lengths.find(({ unused }) => unused >= ALMOST * most)?.bytes
}

/** Where bytes of some record are not 0. */
function runsOf(contents: Uint8Array, recordBytes: number): Run[] {
    const isUsed = Array<boolean>(recordBytes).fill(false)
    contents.forEach((byte, i) => {
        if (byte !== 0) isUsed[i % recordBytes] = true
    })
    const runs: Run[] = []
    isUsed.forEach((used, at) => {
        if (!used) return
        const last = runs.at(-1)
        if (last && last.at + last.length === at) last.length++
        else runs.push({ at, length: 1 })
    })
    return runs
}
