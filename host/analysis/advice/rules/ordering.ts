import { blockBytes } from "../../../model/heap/object-sizes"
import { MIN_COUNT, placeOf, type Rule } from "../rule"
import { fieldSizes, sortedBytes, type Run } from "../struct-layout"

const MIN_RECORD = 8
const MAX_RECORD = 64
const ALMOST = 0.9
/** A buffer with fewer bytes in use than this share is mostly empty. */
const MIN_USED = 1 / 5

/** Records in a buffer whose fields leave gaps because a small one stands before a large one. */
export const adviseOrdering: Rule = context =>
    context.index.ofType("buffer").flatMap(buffer => {
        const contents = context.everSet.get(buffer.id)
        if (!contents || !hasRecords(contents) || context.claimed.nodes.has(buffer.id)) return []
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
                what: `in ${count} records of ${recordBytes} bytes, ${unusedText(contents, recordBytes)} were 0 all the time: gaps, if the fields take ${sizes.join(", ")} bytes, or the high bytes of small numbers`,
                instead: "put the large fields of the record first, or take smaller ones",
                ...placeOf(context, buffer.pc ?? 0),
                count,
                live: { before, after },
                // It was made in this run, once.
                churn: { before, after },
                formula: `${count} x (${recordBytes} - ${sorted}) B less`,
            },
        ]
    })

/** Enough of it is in use to tell anything. */
function hasRecords(contents: Uint8Array): boolean {
    return contents.filter(byte => byte !== 0).length >= contents.length * MIN_USED
}

/** The bytes that no record uses, in words. */
function unusedText(contents: Uint8Array, recordBytes: number): string {
    const ends = [...runsOf(contents, recordBytes), { at: recordBytes, length: 0 }]
    const gaps = ends.flatMap(({ at }, i) => {
        const from = i === 0 ? 0 : ends[i - 1]!.at + ends[i - 1]!.length
        return at === from ? [] : [at - 1 === from ? `${from}` : `${from} to ${at - 1}`]
    })
    return `bytes ${gaps.join(", ")} of each`
}

/**
 * The shortest length at which bytes are 0 in every record, as many as at hardly any other: two or
 * three records together can look emptier by chance, when every second or third is like the last.
 */
function likelyRecordBytes(contents: Uint8Array): number | undefined {
    const lengths: { bytes: number; unused: number }[] = []
    for (let bytes = MIN_RECORD; bytes <= MAX_RECORD; bytes += 2) {
        if (contents.length % bytes !== 0 || contents.length / bytes < MIN_COUNT) continue
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
