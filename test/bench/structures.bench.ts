import { BitSet as PeerBitSet, CircularBuffer, SparseMap, Vector } from "mnemonist"
import {
    AT,
    BitSet,
    FixedMap,
    Fused,
    Interner,
    PackedArray,
    RingBuffer,
    StringBuilder,
    StructOfArrays,
    U16,
    U32,
} from "heapscope"
import { aim, quickest } from "./side-by-side"

// The structures in Node, beside the best package for the same and beside what plain JavaScript has for
// it. On a board others count (src/README.md): there is no Map, and no compiler that makes calls cheap.

/** How much slower than the best package one may be. */
const PEER_GOAL = 1.2
/** No slower than what plain JavaScript has. */
const PLAIN_GOAL = 1
const N = 1000
/** So many operations a round that the clock is fine enough. */
const OPERATIONS = 20_000

/** What the results go into, so that no work is left out because nobody looks at them. */
let seen = 0
const repeated = (work: () => number, operations: number) => () => {
    for (let done = 0; done < OPERATIONS; done += operations) seen = (seen + work()) | 0
}

/** Something that does the same: what it is called, how it does it, and how long ours may take to it. */
type Other = [name: string, goal: number, work: () => number]

function compare(what: string, ours: () => number, others: Other[], operations = N): void {
    console.log(`\n${what}`)
    const ratios = quickest(
        { name: what, run: repeated(ours, operations) },
        others.map(([name, , work]) => ({ name, run: repeated(work, operations) })),
    )
    others.forEach(([name, goal], i) => aim(`${what}, to ${name}`, ratios[i]!, goal))
}

// Keys as they come: spread, each in its range, the same in each run.
const keys = Array.from({ length: N }, (_, i) => (i * 7919) % 4096)

const map = new FixedMap(N, 2, 4)
const sparse = new SparseMap<number>(Uint32Array, 4096)
const plainMap = new Map<number, number>()
compare(
    "`FixedMap`, set and get",
    () => {
        let sum = 0
        for (const key of keys) map.set(key, key)
        for (const key of keys) sum += map.get(key)!
        return sum
    },
    [
        [
            "mnemonist's `SparseMap`",
            PEER_GOAL,
            () => {
                let sum = 0
                for (const key of keys) sparse.set(key, key)
                for (const key of keys) sum += sparse.get(key)!
                return sum
            },
        ],
        [
            "`Map`",
            PLAIN_GOAL,
            () => {
                let sum = 0
                for (const key of keys) plainMap.set(key, key)
                for (const key of keys) sum += plainMap.get(key)!
                return sum
            },
        ],
    ],
)

const ring = new RingBuffer(64, 2)
const circular = new CircularBuffer<number>(Uint16Array, 64)
const queue: number[] = []
compare(
    "`RingBuffer`, push and shift",
    () => {
        let sum = 0
        for (let i = 0; i < 32; i++) ring.push(i)
        for (const key of keys) {
            ring.push(key)
            sum += ring.shift()!
        }
        while (!ring.isEmpty()) sum += ring.shift()!
        return sum
    },
    [
        [
            "mnemonist's `CircularBuffer`",
            PEER_GOAL,
            () => {
                let sum = 0
                for (let i = 0; i < 32; i++) circular.push(i)
                for (const key of keys) {
                    circular.push(key)
                    sum += circular.shift()!
                }
                while (circular.size > 0) sum += circular.shift()!
                return sum
            },
        ],
        [
            "an array",
            PLAIN_GOAL,
            () => {
                let sum = 0
                for (let i = 0; i < 32; i++) queue.push(i)
                for (const key of keys) {
                    queue.push(key)
                    sum += queue.shift()!
                }
                while (queue.length > 0) sum += queue.shift()!
                return sum
            },
        ],
    ],
)

const packed = new PackedArray(N, 16)
const vector = new Vector(Uint16Array, N)
compare(
    "`PackedArray`, push and get",
    () => {
        let sum = 0
        packed.clear()
        for (const key of keys) packed.push(key)
        for (let i = 0; i < N; i++) sum += packed.get(i)
        return sum
    },
    [
        [
            "mnemonist's `Vector`",
            PEER_GOAL,
            () => {
                let sum = 0
                vector.length = 0
                for (const key of keys) vector.push(key)
                for (let i = 0; i < N; i++) sum += vector.get(i)
                return sum
            },
        ],
        [
            "an array",
            PLAIN_GOAL,
            () => {
                let sum = 0
                const list: number[] = []
                for (const key of keys) list.push(key)
                for (let i = 0; i < N; i++) sum += list[i]!
                return sum
            },
        ],
    ],
)

const bits = new BitSet(4096)
const peerBits = new PeerBitSet(4096)
const plainSet = new Set<number>()
compare(
    "`BitSet`, add, has and delete",
    () => {
        let sum = 0
        for (const key of keys) bits.add(key)
        for (let i = 0; i < N; i++) if (bits.has(i)) sum++
        for (const key of keys) bits.delete(key)
        return sum
    },
    [
        [
            "mnemonist's `BitSet`",
            PEER_GOAL,
            () => {
                let sum = 0
                for (const key of keys) peerBits.set(key, 1)
                for (let i = 0; i < N; i++) if (peerBits.test(i)) sum++
                for (const key of keys) peerBits.reset(key, 1)
                return sum
            },
        ],
        [
            "`Set`",
            PLAIN_GOAL,
            () => {
                let sum = 0
                for (const key of keys) plainSet.add(key)
                for (let i = 0; i < N; i++) if (plainSet.has(i)) sum++
                for (const key of keys) plainSet.delete(key)
                return sum
            },
        ],
    ],
)

const VALUE = U32 + 4 * AT
const columns = new StructOfArrays(N, 8)
const typed = new Uint32Array(N)
const objects: { id: number; value: number }[] = []
for (const key of keys) {
    const index = columns.push()!
    columns.set(index, VALUE, key)
    typed[index] = key
    objects.push({ id: index, value: key })
}
compare("`StructOfArrays`, sum of a column", () => columns.sum(VALUE), [
    [
        "a typed array",
        PEER_GOAL,
        () => {
            let sum = 0
            for (let i = 0; i < typed.length; i++) sum += typed[i]!
            return sum
        },
    ],
    ["`reduce` over objects", PLAIN_GOAL, () => objects.reduce((sum, { value }) => sum + value, 0)],
])

const isEven = (value: number) => value % 2 === 0
const tripled = (value: number) => value * 3
const steps = new Fused<number>().filter(isEven).map(tripled)
compare("`Fused`, filter, map and sum", () => steps.sum(keys), [
    [
        "`filter`, `map` and `reduce`",
        PLAIN_GOAL,
        () =>
            keys
                .filter(isEven)
                .map(tripled)
                .reduce((sum, value) => sum + value, 0),
    ],
])

const texts = Array.from({ length: 24 }, (_, i) => `table ${i}`)
const interner = new Interner(texts.length)
const plainTexts = new Map<string, number>()
compare(
    "`Interner` of 24 texts",
    () => {
        let sum = 0
        for (const text of texts) sum += interner.intern(text)!
        return sum
    },
    [
        [
            // The best there is, and what ours is made of: beside it there is the counting.
            "`Map`",
            PEER_GOAL,
            () => {
                let sum = 0
                for (const text of texts) {
                    let symbol = plainTexts.get(text)
                    if (symbol === undefined) plainTexts.set(text, (symbol = plainTexts.size))
                    sum += symbol
                }
                return sum
            },
        ],
    ],
    texts.length,
)

const builder = new StringBuilder(400)
compare(
    "`StringBuilder`, a line of 8 parts",
    () => {
        builder.clear()
        for (let i = 0; i < 4; i++) builder.text("order ").integer(i * 1000 + (seen % 10))
        return builder.build().length
    },
    [
        [
            "`+=`",
            PLAIN_GOAL,
            () => {
                let line = ""
                for (let i = 0; i < 4; i++) line += "order " + (i * 1000 + (seen % 10))
                return line.length
            },
        ],
        [
            "`+=` with the bytes of the line counted",
            PLAIN_GOAL,
            () => {
                let line = ""
                for (let i = 0; i < 4; i++) line += "order " + (i * 1000 + (seen % 10))
                return Buffer.byteLength(line)
            },
        ],
    ],
    8,
)

const fields = new StructOfArrays(N, 2)
for (const key of keys) fields.set(fields.push()!, U16, key)
const byHand = { length: N, bytes: fields.buffer }
function failIndex(index: number): never {
    throw new RangeError(`index must be below ${byHand.length}, got ${index}`)
}
compare(
    "`StructOfArrays`, get of a field",
    () => {
        let sum = 0
        for (let i = 0; i < N; i++) sum += fields.get(i, U16)
        return sum
    },
    [
        [
            "objects",
            PLAIN_GOAL,
            () => {
                let sum = 0
                for (let i = 0; i < N; i++) sum += objects[i]!.value
                return sum
            },
        ],
        [
            "the same bytes, index checked, by hand",
            PEER_GOAL,
            () => {
                let sum = 0
                for (let i = 0; i < N; i++) {
                    if (i >>> 0 !== i || i >= byHand.length) failIndex(i)
                    const { bytes } = byHand
                    sum += bytes[2 * i]! | (bytes[2 * i + 1]! << 8)
                }
                return sum
            },
        ],
    ],
)
