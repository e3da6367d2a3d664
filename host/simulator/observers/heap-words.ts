/** Words that are looked at together: where a heap begins is found out to this. */
const STEP = 1 << 8
/** Words of the largest heap, and the step that it begins in. */
const USUAL = (1 << 14) + STEP

/** Part of the board's memory, in words, for each of which something is noted. */
export interface HeapWords {
    first: number
    length: number
}

/**
 * The part that has one word more: at first the room of a heap that begins about there, so that nobody
 * keeps, and copies, notes about all that lies before a heap.
 */
export function withWord({ first, length }: HeapWords, word: number): HeapWords {
    const step = word - (word % STEP)
    if (length === 0) return { first: step, length: USUAL }
    if (word < first) return { first: step, length: length + first - step }
    let longer = length
    while (first + longer <= word) longer *= 2
    return { first, length: longer }
}

/** What was noted about a part of the memory, with room for another that has it within. */
export function moved<A extends Uint32Array | Float64Array>(
    notes: A,
    from: HeapWords,
    to: HeapWords,
): A {
    const longer = new (notes.constructor as new (length: number) => A)(to.length)
    if (notes.length > 0) longer.set(notes, from.first - to.first)
    return longer
}
