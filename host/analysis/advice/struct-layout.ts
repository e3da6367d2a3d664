/** Sizes of numbers in a struct, which are their alignments, too. */
const SIZES = [1, 2, 4, 8]
/** More runs of bytes than this are no struct one could guess. */
const MAX_FIELDS = 12

/** Bytes of a record that are used in some record: `length` of them from `at` on. */
export interface Run {
    at: number
    length: number
}

/**
 * Sizes of a struct's fields as a C compiler must have laid them out: each begins at the next multiple
 * of its own size after the field before, and the whole is a multiple of the largest. Of all that fit,
 * the smallest together: what seems a number's high bytes, always 0, is rather a gap.
 * @param runs where bytes are ever other than 0, in order
 * @returns undefined when no such struct has its data there
 */
export function fieldSizes(runs: readonly Run[], recordBytes: number): number[] | undefined {
    if (runs.length > MAX_FIELDS) return undefined
    let best: number[] | undefined
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
    const visit = (sizes: readonly number[], end: number) => {
        const run = runs[sizes.length]
        if (!run) {
            const isWhole = alignUp(end, Math.max(...sizes)) === recordBytes
            if (isWhole && (!best || sum(sizes) < sum(best))) best = [...sizes]
            return
        }
        for (const size of SIZES)
            if (size >= run.length && alignUp(end, size) === run.at)
                visit([...sizes, size], run.at + size)
    }
    visit([], 0)
    return best
}

/** Bytes of a struct of fields of these sizes, from the largest to the smallest. */
export function sortedBytes(sizes: readonly number[]): number {
    const largestFirst = sizes.toSorted((a, b) => b - a)
    return alignUp(
        largestFirst.reduce((end, size) => alignUp(end, size) + size, 0),
        largestFirst[0] ?? 1,
    )
}

function alignUp(offset: number, alignment: number): number {
    return Math.ceil(offset / alignment) * alignment
}
