import { compareValues, literalBytes, pack, type Encoded, type Packed } from "./encode"
import type { Column } from "./table"

/** How a row is found by a value of a column. */
export type Lookup =
    /** Each is the one before and the same more: `(key - first) / step`. */
    | { by: "arithmetic"; first: number; step: number }
    /** A perfect hash: the row stands at `(key * factor) % size`. */
    | { by: "hash"; factor: number; size: number; rows: Packed }
    /** Binary search, in the order of the values: as they stand, from the last to the first, or by a list of the rows. */
    | { by: "search"; order: Packed | "ascending" | "descending" }
    /** A literal each: compared one after another. */
    | { by: "words" }

/** Bytecode that a perfect hash and a binary search take, measured on the VM. Bytes. */
const HASH_CODE_BYTES = 52
const SEARCH_CODE_BYTES = 72
/** Multiplied with a factor, a key stays an integer of 31 bits. */
const MAX_KEY = 2 ** 24 - 1
const MAX_FACTOR = 127

/** The way that takes least flash. The values are all different. */
export function lookupFor({ values }: Pick<Column, "values">, encoded: Encoded): Lookup {
    if (encoded.kind === "words") return { by: "words" }
    const rows = values.length
    const order = Array.from({ length: rows }, (_, row) => row).sort((a, b) =>
        compareValues(values[a]!, values[b]!),
    )
    const isRising = order.every((row, i) => row === i)
    const isFalling = order.every((row, i) => row === rows - 1 - i)
    const search: Lookup = {
        by: "search",
        order: isRising ? "ascending" : isFalling ? "descending" : pack(order)!,
    }
    if (encoded.kind !== "numbers" || encoded.divisor !== 1) return search
    const keys = values as readonly number[]
    const step = rows > 1 ? keys[1]! - keys[0]! : 1
    if (step > 0 && keys.every((key, row) => key === keys[0]! + row * step))
        return { by: "arithmetic", first: keys[0]!, step }
    const most = SEARCH_CODE_BYTES + lookupBytes(search) - HASH_CODE_BYTES
    return perfectHash(keys, most) ?? search
}

/** @param mostBytes what it has to take less than */
function perfectHash(keys: readonly number[], mostBytes: number): Lookup | undefined {
    if (keys.some(key => !Number.isInteger(key) || key < 0 || key > MAX_KEY)) return undefined
    // A place is no less than half a byte: more of them than this never pay.
    for (let size = keys.length; size <= Math.min(2 * mostBytes, 4 * keys.length); size++)
        for (let factor = 1; factor <= MAX_FACTOR; factor += 2) {
            const places = Array<number>(size).fill(-1)
            if (
                keys.every((key, row) => {
                    const place = (key * factor) % size
                    if (places[place] !== -1) return false
                    places[place] = row
                    return true
                })
            ) {
                const rows = pack(places.map(row => Math.max(0, row)))!
                if (literalBytes(rows) >= mostBytes) return undefined
                return { by: "hash", factor, size, rows }
            }
        }
    return undefined
}

/** Bytes that finding takes in flash, code aside. */
export function lookupBytes(lookup: Lookup): number {
    if (lookup.by === "hash") return literalBytes(lookup.rows)
    return lookup.by === "search" && typeof lookup.order === "object"
        ? literalBytes(lookup.order)
        : 0
}
