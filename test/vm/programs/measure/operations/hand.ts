// The hot operations as one writes them by hand for one size, with the same checks, in place.
import { operate } from "../operate"

const CAPACITY = 4
const bytes = Buffer.alloc(24)
/** A hash table of entries of 4 bytes with one key in it, at its place. */
const table = Buffer.alloc(24)
let length = 2
let head = 0
let most = 4
let refused = 0
let index = 1
let value = 70000
let field = 1250
let key = 1001
let small = (9 << 4) | 1
let at = 0
let sum = 0

const home = ((Math.imul(key, -1640531527) >>> 8) % 6) * 4
table[home] = (key + 1) & 0xff
table[home + 1] = (key + 1) >> 8

function outside(name: string): void {
    throw new RangeError(`${name} is outside its range`)
}

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

await operate("by hand", [
    [
        "RingBuffer: push",
        () => {
            if ((value & 0xffffff) !== value) outside("value")
            if (length === CAPACITY) {
                refused = refused + 1
                return
            }
            let slot = head + length
            if (slot >= CAPACITY) slot -= CAPACITY
            slot *= 3
            bytes[slot] = value & 0xff
            bytes[slot + 1] = value >> 8
            bytes[slot + 2] = value >> 16
            length = length + 1
            if (length > most) most = length
        },
    ],
    [
        "RingBuffer: shift",
        () => {
            if (length === 0) return
            const slot = head * 3
            length = length - 1
            head = head + 1
            if (head === CAPACITY) head = 0
            value =
                (bytes[slot] as number) |
                ((bytes[slot + 1] as number) << 8) |
                ((bytes[slot + 2] as number) << 16)
        },
    ],
    [
        "RingBuffer: get",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            let slot = head + index
            if (slot >= CAPACITY) slot -= CAPACITY
            slot *= 3
            value =
                (bytes[slot] as number) |
                ((bytes[slot + 1] as number) << 8) |
                ((bytes[slot + 2] as number) << 16)
        },
    ],
    [
        "PackedArray: push",
        () => {
            if ((value & 0xffffff) !== value) outside("value")
            if (length === CAPACITY) {
                refused = refused + 1
                return
            }
            const slot = length * 3
            bytes[slot] = value & 0xff
            bytes[slot + 1] = value >> 8
            bytes[slot + 2] = value >> 16
            length = length + 1
            if (length > most) most = length
        },
    ],
    [
        "PackedArray: get",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            const slot = index * 3
            value =
                (bytes[slot] as number) |
                ((bytes[slot + 1] as number) << 8) |
                ((bytes[slot + 2] as number) << 16)
        },
    ],
    [
        "PackedArray: set",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            if ((value & 0xffffff) !== value) outside("value")
            const slot = index * 3
            bytes[slot] = value & 0xff
            bytes[slot + 1] = value >> 8
            bytes[slot + 2] = value >> 16
            length = length - 1
        },
    ],
    [
        "BitSet: add",
        () => {
            if (index >>> 0 !== index) outside("value")
            if (index >= 40) outside("value")
            const bit = 1 << (index & 7)
            if ((bytes[index >> 3] as number) & bit) return
            bytes[index >> 3] = (bytes[index >> 3] as number) | bit
            length = length + 1
            if (length > most) most = length
        },
    ],
    [
        "BitSet: has",
        () => {
            if (index >>> 0 !== index) outside("value")
            if (index >= 40) outside("value")
            value = ((bytes[index >> 3] as number) & (1 << (index & 7))) === 0 ? 70000 : 70001
        },
    ],
    [
        "BitSet: delete",
        () => {
            if (index >>> 0 !== index) outside("value")
            if (index >= 40) outside("value")
            const bit = 1 << (index & 7)
            if (!((bytes[index >> 3] as number) & bit)) return
            bytes[index >> 3] = (bytes[index >> 3] as number) ^ bit
            length = length - 1
        },
    ],
    [
        "byte fields: writeField",
        () => {
            if (at >>> 0 !== at) outside("start")
            if (at + 6 > bytes.length) outside("start")
            if ((field & 0xffff) !== field) outside("value")
            bytes[at + 4] = field & 0xff
            bytes[at + 5] = field >> 8
        },
    ],
    [
        "byte fields: readField",
        () => {
            if (at >>> 0 !== at) outside("start")
            if (at + 6 > bytes.length) outside("start")
            field = (bytes[at + 4] as number) | ((bytes[at + 5] as number) << 8)
        },
    ],
    [
        "RecordArray: get",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            const start = index * 6
            field = (bytes[start + 4] as number) | ((bytes[start + 5] as number) << 8)
        },
    ],
    [
        "RecordArray: 3 fields by index",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            const start = index * 6
            sum =
                (bytes.getAt(start, "u16") | ((bytes[start + 2] as number) << 16)) +
                (bytes[start + 3] as number) +
                bytes.getAt(start + 4, "u16")
        },
    ],
    [
        "byte fields: writeField with getAt and setAt",
        () => {
            if (at >>> 0 !== at) outside("start")
            if (at + 6 > bytes.length) outside("start")
            if ((field & 0xffff) !== field) outside("value")
            bytes.setAt(at + 4, "u16", field)
        },
    ],
    [
        "byte fields: readField with getAt and setAt",
        () => {
            if (at >>> 0 !== at) outside("start")
            if (at + 6 > bytes.length) outside("start")
            field = bytes.getAt(at + 4, "u16")
        },
    ],
    [
        "RecordArray: get with getAt and setAt",
        () => {
            if (index >>> 0 !== index) outside("index")
            if (index >= length) outside("index")
            field = bytes.getAt(index * 6 + 4, "u16")
        },
    ],
    [
        "FixedMap: get",
        () => {
            if ((key & 0xffff) !== key) outside("key")
            if (key === 0xffff) outside("key")
            let slot = ((Math.imul(key, -1640531527) >>> 8) % 6) * 4
            for (;;) {
                const stored = (table[slot] as number) | ((table[slot + 1] as number) << 8)
                if (stored === key + 1) break
                if (stored === 0) return
                slot += 4
                if (slot === 24) slot = 0
            }
            field = (table[slot + 2] as number) | ((table[slot + 3] as number) << 8)
        },
    ],
    [
        "SmallVector: smallGet of 28 bits",
        () => {
            if (!(small >= 0)) outside("vector")
            if (index >>> 0 !== index) outside("index")
            if (index > (small & 15)) outside("index")
            value = 70000 + ((small >>> (4 + 7 * index)) & 0x7f) * 0
        },
    ],
    [
        "as before the first",
        () => {
            length = 2
            most = 4
            head = 0
            value = 70000
            field = 1250
            for (let i = 0; i < 24; i++) bytes[i] = 0
        },
    ],
])
