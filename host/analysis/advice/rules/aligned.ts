import { blockBytes } from "../../../model/heap/object-sizes"
import { MIN_COUNT, placeOf, type Rule } from "../rule"

/** What rows are aligned to when somebody aligns them. */
const ALIGNMENTS = [16, 32, 64, 128]
/** Less padding than this share of a row is not worth a word. */
const MIN_PADDING = 1 / 4
/** A row shows where its data ends if something stands there; this share of rows must. */
const MIN_TELLING = 3 / 4

/** Rows of a buffer that all end in bytes nobody uses: alignment for its own sake. */
export const adviseAligned: Rule = context =>
    context.index.ofType("buffer").flatMap(buffer => {
        const bits = context.everSet.get(buffer.id)
        const rows = bits && paddedRows(bits)
        if (!rows || context.claimed.nodes.has(buffer.id)) return []
        context.claimed.nodes.add(buffer.id)
        const { count, rowBytes, usedBytes } = rows
        const before = buffer.bytes
        const after = blockBytes(before - count * (rowBytes - usedBytes))
        return [
            {
                lesson: "aligned",
                what: `${count} rows of ${rowBytes} bytes in a buffer never had anything behind their first ${usedBytes}`,
                instead: "put one row right after the other, if only alignment keeps them apart",
                ...placeOf(context, buffer.pc ?? 0),
                count,
                live: { before, after },
                // It was made in this run, once.
                churn: { before, after },
                formula: `${count} x ${rowBytes - usedBytes} B of padding less; the VM reads numbers from any address`,
            },
        ]
    })

interface Rows {
    count: number
    rowBytes: number
    usedBytes: number
}

function paddedRows(contents: Uint8Array): Rows | undefined {
    for (const rowBytes of ALIGNMENTS) {
        const count = Math.floor(contents.length / rowBytes)
        if (count < MIN_COUNT || contents.length % rowBytes !== 0) continue
        const ends = Array.from({ length: count }, (_, row) => {
            const bytes = contents.subarray(row * rowBytes, (row + 1) * rowBytes)
            return bytes.findLastIndex(byte => byte !== 0) + 1
        })
        const usedBytes = Math.max(...ends)
        const telling = ends.filter(end => end === usedBytes).length
        if (rowBytes - usedBytes < rowBytes * MIN_PADDING || usedBytes === 0) continue
        if (telling >= count * MIN_TELLING) return { count, rowBytes, usedBytes }
    }
    return undefined
}
