import { ARRAY_BYTES, arrayRooms, elementsBytes } from "../costs"
import { placeOf, type Rule } from "../rule"

/** Smaller arrays grow a few times at most. */
const LEAST_LENGTH = 16

/** Arrays that reached their length one element at a time: each growth made a new block. */
export const adviseSizing: Rule = context =>
    context.index.ofType("array").flatMap(list => {
        const { length = 0, capacity = 0, storagePc = 0 } = list
        const rooms = arrayRooms(length)
        // Made at its size, an array has another room than growing would give it.
        const hasGrown = rooms.at(-1) === capacity && storagePc !== list.pc
        if (length < LEAST_LENGTH || !hasGrown || context.claimed.nodes.has(list.id)) return []
        context.claimed.nodes.add(list.id)
        const blocks = rooms.map(elementsBytes)
        const exact = elementsBytes(length)
        const [last = 0, previous = 0] = blocks.toReversed()
        return [
            {
                lesson: "heap",
                what: `a list of ${length} elements got there through ${rooms.length} blocks, the last one with room for ${capacity}`,
                instead: "make it as large as it will be, if that is known, or a FixedVector",
                ...placeOf(context, storagePc),
                count: rooms.length,
                live: { before: ARRAY_BYTES + last, after: ARRAY_BYTES + exact },
                churn: {
                    before: blocks.reduce((sum, bytes) => sum + bytes, ARRAY_BYTES),
                    after: ARRAY_BYTES + exact,
                },
                peak: { before: ARRAY_BYTES + previous + last, after: ARRAY_BYTES + exact },
                formula: `one block of 4 + 8 x ${length} B; now 4, 5, 6, ... ${capacity}, a quarter more each time`,
            },
        ]
    })
