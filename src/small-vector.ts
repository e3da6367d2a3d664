import { readField, writeField } from "./byte-fields"
import { copyBytes } from "./bytes"
import { checkIndex, checkInteger, failBits, failType } from "./check"

/**
 * A list of a few small integers that is a plain number while it has few, and a buffer from then on.
 * As a number it takes no heap at all, in a local, a field or an array's slot; if the bits of all its
 * values together are 28 at most, it fits in 4 bytes of a buffer (`U32`) too.
 *
 * Measured on the board's VM, bytes of heap for one list of 1, 4 and 6 bytes: an object with a field
 * each 84, 84, 116; an array 52, 52, 68; a buffer 16, 20, 20; the number 0, 0, 0.
 *
 * The functions that change a list return it: put the result in the place of the list they were
 * given, and do not go on using the latter. All of them take the same {@link SmallKind}.
 *
 * ```ts
 * const DISHES = 7 + 4 * INLINE // 4 values of 7 bits as a number, in a buffer from the 5th on
 * let dishes: SmallVector = EMPTY_SMALL_VECTOR
 * dishes = smallPush(dishes, 17, DISHES)
 * for (let i = 0; i < smallLength(dishes); i++) cook(smallGet(dishes, i, DISHES))
 * ```
 *
 * Where calls count: of up to 28 bits, `list & 15` is the length and `(list >>> (4 + 7 * i)) & 127`
 * the value of 7 bits at i.
 */
export type SmallVector = number | Buffer

/**
 * What a list holds: the bits of a value, 1 to 32, plus the most values that it holds as a number, 1
 * to 15, times {@link INLINE}. Both together are 48 bits at most: 6 bytes, 12 values of 4 bits, 3 of
 * 16. A plain number, so that it costs nothing at run time.
 */
export type SmallKind = number

/** Times the most values that a list holds as a number, added to the bits of a value. */
export const INLINE = 64
/** Up to 6 values of 8 bits: what the functions take if they are told nothing else. */
export const SMALL_BYTES = 8 + 6 * INLINE
/** The list without values. */
export const EMPTY_SMALL_VECTOR = 0
/** The most values a list can hold. */
export const SMALL_VECTOR_MAX = 255

// Inline: the length in the lowest 4 bits, then the values, the first one lowest: 52 bits at most, which
// a number holds exactly. Shifts do for the first 28 bits of values; beyond, numbers are divided.
//
// Spilled: a buffer of length, count of spills, values of whole bytes.

const HEADER = 2
const LENGTH_BITS = 4

/**
 * How many values a list has.
 *
 * @throws TypeError or RangeError if it is no list.
 */
export function smallLength(vector: SmallVector): number {
    if (typeof vector !== "number") return lengthOf(vector)
    if (!(vector >= 0)) failVector(vector)
    return vector & 15
}

/** Whether a list lives in a buffer. */
export function smallSpilled(vector: SmallVector): boolean {
    smallLength(vector)
    return typeof vector !== "number"
}

/** How many values a list can take before it allocates. */
export function smallCapacity(vector: SmallVector, kind: SmallKind = SMALL_BYTES): number {
    checkKind(kind)
    smallLength(vector)
    if (typeof vector === "number") return kind >> 6
    return (vector.length - HEADER) / bytesOf(kind)
}

/** How often a list has allocated a buffer: 0 as long as it is a number. Counts to 255. */
export function smallSpills(vector: SmallVector): number {
    smallLength(vector)
    if (typeof vector === "number") return 0
    return vector[1] as number
}

/**
 * The value at an index.
 *
 * @throws RangeError or TypeError if the index is not from 0 below the length.
 */
export function smallGet(
    vector: SmallVector,
    index: number,
    kind: SmallKind = SMALL_BYTES,
): number {
    const bits = kind & 63
    if (((kind >> 6) * bits - 1) >>> 0 > 47) checkKind(kind)
    if (typeof vector !== "number") {
        checkIndex(index, lengthOf(vector))
        const bytes = bytesOf(kind)
        return readField(vector, HEADER + bytes * index, bytes)
    }
    if (index >>> 0 !== index) checkIndex(index, vector & 15)
    if (index >= (vector & 15)) checkIndex(index, vector & 15)
    // How far up its bits must go for the highest to be the highest of 32.
    index = 32 - LENGTH_BITS - bits - bits * index
    if (index >= 0) return (vector << index) >>> (32 - bits)
    return (Math.floor(vector / 2 ** (32 - bits - index)) & (-1 >>> (32 - bits))) >>> 0
}

/**
 * Appends a value. The first that does not fit in the number makes the list a buffer with room for
 * twice as many; whenever that is full, one twice as large follows. Nothing else here allocates.
 *
 * @param value An unsigned integer of the kind's bits.
 * @returns The list with the value.
 * @throws RangeError or TypeError if the value does not fit or the list has 255 values.
 */
export function smallPush(
    vector: SmallVector,
    value: number,
    kind: SmallKind = SMALL_BYTES,
): SmallVector {
    if (((kind >> 6) * (kind & 63) - 1) >>> 0 > 47) checkKind(kind)
    if ((value & (-1 >>> (32 - (kind & 63)))) >>> 0 !== value) failValue(value, kind)
    if (typeof vector === "number") {
        if (!(vector >= 0)) failVector(vector)
        if ((vector & 15) < kind >> 6)
            return vector + 1 + value * 2 ** (LENGTH_BITS + (kind & 63) * (vector & 15))
        vector = spilled(vector, kind)
    }
    return pushSpilled(vector, value, kind)
}

/**
 * Replaces the value at an index.
 *
 * @param value An unsigned integer of the kind's bits.
 * @returns The list with the value.
 * @throws RangeError or TypeError if the index is not from 0 below the length or the value does not
 * fit.
 */
export function smallSet(
    vector: SmallVector,
    index: number,
    value: number,
    kind: SmallKind = SMALL_BYTES,
): SmallVector {
    const old = smallGet(vector, index, kind)
    if ((value & (-1 >>> (32 - (kind & 63)))) >>> 0 !== value) failValue(value, kind)
    if (typeof vector === "number")
        return vector + (value - old) * 2 ** (LENGTH_BITS + (kind & 63) * index)
    const bytes = bytesOf(kind)
    writeField(vector, HEADER + bytes * index, bytes, value)
    return vector
}

/**
 * Drops the last value; read it before with {@link smallGet}. A buffer stays one, to be used again:
 * {@link smallShrink} gives it up.
 *
 * @returns The list without the value.
 * @throws RangeError if there is none.
 */
export function smallDrop(vector: SmallVector, kind: SmallKind = SMALL_BYTES): SmallVector {
    const last = smallLength(vector) - 1
    if (((kind >> 6) * (kind & 63) - 1) >>> 0 > 47) checkKind(kind)
    if (last < 0) throw new RangeError("vector must have a value to drop, got none")
    if (typeof vector === "number")
        return vector - 1 - smallGet(vector, last, kind) * 2 ** (LENGTH_BITS + (kind & 63) * last)
    vector[0] = last
    return vector
}

/** Makes a list a number again if it has few enough values; its buffer becomes garbage. */
export function smallShrink(vector: SmallVector, kind: SmallKind = SMALL_BYTES): SmallVector {
    checkKind(kind)
    const length = smallLength(vector)
    if (typeof vector === "number") return vector
    if (length > kind >> 6) return vector
    let inline: SmallVector = EMPTY_SMALL_VECTOR
    for (let i = 0; i < length; i++) inline = smallPush(inline, smallGet(vector, i, kind), kind)
    return inline
}

/** The values of a number in a buffer with twice the room. */
function spilled(vector: number, kind: SmallKind): Buffer {
    const length = vector & 15
    const bytes = bytesOf(kind)
    const buffer = Buffer.alloc(HEADER + 2 * length * bytes)
    for (let i = 0; i < length; i++)
        writeField(buffer, HEADER + bytes * i, bytes, smallGet(vector, i, kind))
    buffer[0] = length
    buffer[1] = 1
    return buffer
}

function pushSpilled(vector: Buffer, value: number, kind: SmallKind): Buffer {
    const length = lengthOf(vector)
    const bytes = bytesOf(kind)
    if (length === SMALL_VECTOR_MAX)
        throw new RangeError(`vector must have at most ${SMALL_VECTOR_MAX} values`)
    if (HEADER + length * bytes === vector.length) {
        const full = vector
        vector = Buffer.alloc(HEADER + Math.min(2 * length, SMALL_VECTOR_MAX) * bytes)
        copyBytes(vector, 0, full, 0, full.length)
        vector[1] = Math.min((full[1] as number) + 1, 0xff)
    }
    writeField(vector, HEADER + length * bytes, bytes, value)
    vector[0] = length + 1
    return vector
}

/** The bytes of a value in a buffer, which is also the field that it is there. */
function bytesOf(kind: SmallKind): number {
    return ((kind & 63) + 7) >> 3
}

/** The length of a list in a buffer. @throws TypeError if it is none. */
function lengthOf(vector: Buffer): number {
    if (typeof vector !== "object" || !(vector.length >= HEADER)) failVector(vector)
    return vector[0] as number
}

function failVector(vector: unknown): never {
    failType("vector", vector, "a small vector")
}

function failValue(value: number, kind: SmallKind): never {
    checkKind(kind)
    failBits(value, kind & 63)
}

function checkKind(kind: SmallKind): void {
    checkInteger("kind", kind, 1 + INLINE, 32 + 15 * INLINE)
    checkInteger("bits of the kind", kind & 63, 1, 32)
    checkInteger("values of the kind", kind >> 6, 1, Math.floor(48 / (kind & 63)))
}
