import type { Way } from "../../documents/layout/layout-report"
import {
    ARRAY_BYTES,
    arrayBytes,
    arrayRooms,
    bufferBytes,
    elementsBytes,
    MAX_BLOCK_BYTES,
    objectBytes,
    textBytes,
} from "../../model/heap/object-sizes"
import { bytesForBits, MAX_RECORD_BYTES, type FieldType, type NamedType } from "./field-types"
import { bitsOf, plainText } from "./place-bits"
import { place } from "./place-fields"

/** Bits of a number that `&`, `|` and shifts reach. */
const NUMBER_BITS = 32

/**
 * What an object with a type's fields takes on the board's heap, all that it holds in it: objects and
 * arrays are blocks of their own. Optional fields are there, texts are as long as they may be and made at
 * run time; those of an enum are in flash. Of a union, the largest variant.
 */
export function valueBytes(type: FieldType): number {
    switch (type.kind) {
        case "record":
            return (
                objectBytes(type.fields.length).live + sum(type.fields, one => valueBytes(one.type))
            )
        case "union":
            return Math.max(
                ...type.variants.map(
                    ({ record }) =>
                        objectBytes(record.fields.length + 1).live +
                        sum(record.fields, one => valueBytes(one.type)),
                ),
            )
        case "array":
            return arrayBytes(type.length) + type.length * valueBytes(type.of)
        case "optional":
            return valueBytes(type.of)
        case "text":
            return textBytes(type.bytes)
        default:
            return 0
    }
}

/** The ways of keeping values of a type, and what so many of them take. */
export function waysOf(
    type: NamedType,
    counts: readonly number[],
    heaps: readonly { heapBytes: number; capacityBytes: number }[],
): Way[] {
    const way = (
        name: Way["name"],
        means: string,
        bytes: Bytes | string,
        peakOf = (live: Bytes) => live,
    ): Way => {
        if (typeof bytes === "string") return { name, means, why: bytes }
        return {
            ...{ name, means },
            takes: counts.map(count => ({ count, bytes: bytes(count) })),
            fits: heaps.map(({ heapBytes, capacityBytes }) => ({
                heapBytes,
                count: mostThatFit(peakOf(bytes), capacityBytes),
            })),
        }
    }
    const plain = plainText(type, "")
    const noPlace = plain === undefined ? undefined : `${plain} has no length`
    const packed = place(type, { order: "declared", packed: true }).bytes
    const bits = bitsOf(type)
    const isRecord = type.kind === "record"
    const ways: (Way | false)[] = [
        way("objects", "objects, in an array", objectsBytes(type), whileGrowing),
        isRecord && way("arrays", "an array for each field", arraysBytes(type), whileGrowing),
        way("records", "records in a buffer", noPlace ?? recordsBytes(packed)),
        (noPlace !== undefined || Math.ceil(bits / 8) < packed) &&
            way("bitRecords", "bit-packed records", noPlace ?? recordsBytes(Math.ceil(bits / 8))),
        isRecord && way("columns", "columns of bits in a buffer", noPlace ?? columnsBytes(type)),
        way("numbers", "bits of a number each", noPlace ?? numbersBytes(type, bits)),
    ]
    return ways.filter(one => one !== false)
}

/** Bytes of heap that so many take. */
type Bytes = (count: number) => number

/** One is alone; more are in an array that they were added to one after another. */
function objectsBytes(type: NamedType): Bytes {
    const each = valueBytes(type)
    return count => (count === 1 ? 0 : grownArray(count)) + count * each
}

/** Plain arrays side by side: what is a block of its own in an object is one here. */
function arraysBytes({ fields }: NamedType & { kind: "record" }): Bytes {
    const blocks = sum(fields, field => valueBytes(field.type))
    return count => fields.length * grownArray(count) + count * blocks
}

/**
 * The most that is ever live on the way to so many: an array that grows is there twice for a moment, when
 * the first element that it had no room for comes.
 */
function whileGrowing(live: Bytes): Bytes {
    return count => {
        const before = arrayRooms(count).at(-2)
        if (before === undefined) return live(count)
        return Math.max(live(count), live(before + 1) + elementsBytes(before))
    }
}

function grownArray(count: number): number {
    return ARRAY_BYTES + elementsBytes(arrayRooms(count).at(-1) ?? 0)
}

/** As many buffers as it takes. */
function recordsBytes(each: number): Bytes | string {
    if (each > MAX_RECORD_BYTES) return `no buffer has ${each.toLocaleString("en-US")} bytes`
    const most = each === 0 ? Infinity : Math.floor(MAX_RECORD_BYTES / each)
    return count => {
        const full = Math.floor(count / most) || 0
        const rest = count - (full === 0 ? 0 : full * most)
        return (
            (full === 0 ? 0 : full * bufferBytes(most * each)) +
            (rest > 0 ? bufferBytes(rest * each) : 0)
        )
    }
}

/** Each field's values side by side, as `readPacked` reads them, in as many buffers as it takes. */
function columnsBytes({ fields }: NamedType & { kind: "record" }): Bytes {
    const widths = fields.map(field => bitsOf(field.type))
    return count => {
        let left = sum(widths, bits => Math.ceil((count * bits) / 8))
        let bytes = 0
        for (; left > MAX_RECORD_BYTES; left -= MAX_RECORD_BYTES) bytes += MAX_BLOCK_BYTES
        return bytes + bufferBytes(left)
    }
}

/** One is in a local or a global, without heap; more are in a `PackedList`. */
function numbersBytes(type: FieldType, bits: number): Bytes | string {
    const other = notBits(type)
    if (other !== undefined) return `${other} is no bits of a number`
    if (bits > NUMBER_BITS) return `${bits} bits are more than ${NUMBER_BITS}`
    const each = bits > 16 && bits <= 24 ? 3 : bytesForBits(bits)
    const many = recordsBytes(each) as Bytes
    return count => (count === 1 ? 0 : many(count) + PACKED_LIST_HEADER)
}

/** Before the elements of a `PackedList`. Bytes. */
const PACKED_LIST_HEADER = 8

function notBits(type: FieldType): string | undefined {
    switch (type.kind) {
        case "float":
            return "a floating point number"
        case "text":
            return "a text"
        case "array":
        case "optional":
            return notBits(type.of)
        case "record":
            return type.fields.map(field => notBits(field.type)).find(one => one !== undefined)
        case "union":
            return type.variants.map(({ record }) => notBits(record)).find(one => one !== undefined)
        default:
            return undefined
    }
}

/** The largest count that takes no more than a capacity; 0 where even one takes more. */
function mostThatFit(bytes: Bytes, capacityBytes: number): number {
    let [low, high] = [0, MOST]
    while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if (bytes(middle) <= capacityBytes) low = middle
        else high = middle - 1
    }
    return low
}

/** More is never asked for: a bit each. */
const MOST = 8 * 65_536

function sum<T>(all: readonly T[], of: (one: T) => number): number {
    return all.reduce((total, one) => total + of(one), 0)
}
