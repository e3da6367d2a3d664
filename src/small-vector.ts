import { copyBytes } from "./bytes"
import { checkIndex, failRange } from "./check"

/**
 * A list of bytes that is a plain number while it has at most 6 of them, and a buffer from the 7th
 * on. As a number it takes no heap at all, in a local, a field or an array's slot.
 *
 * Measured on the board's VM, bytes of heap for one list of 1, 4 and 6 values: an object with a
 * field each 84, 84, 116; an array 52, 52, 68; a buffer 16, 20, 20; the number 0, 0, 0.
 *
 * The functions that change a list return it: put the result in the place of the list they were
 * given, and do not go on using the latter.
 *
 * ```ts
 * let dishes: SmallVector = EMPTY_SMALL_VECTOR
 * dishes = smallPush(dishes, 17)
 * for (let i = 0; i < smallLength(dishes); i++) cook(smallAt(dishes, i))
 * ```
 */
export type SmallVector = number | Buffer

// Inline: the digits of the number in base 256 after a leading 1, which tells how many there are.
// Seven digits are at most 2 ** 49, well within the integers that a number holds exactly.
//
// Spilled: a buffer of length, count of spills, values.

/** The list without values. */
export const EMPTY_SMALL_VECTOR = 1
/** The most values a list holds as a number. */
export const SMALL_VECTOR_INLINE = 6
/** The most values a list can hold. */
export const SMALL_VECTOR_MAX = 255

const HEADER = 2

/** How many values a list has. */
export function smallLength(vector: SmallVector): number {
    if (typeof vector !== "number") return vector[0] as number
    let length = 0
    for (let bound = 256; bound <= vector; bound *= 256) length++
    return length
}

/** Whether a list lives in a buffer. */
export function smallSpilled(vector: SmallVector): boolean {
    return typeof vector !== "number"
}

/** How many values a list can take before it allocates. */
export function smallCapacity(vector: SmallVector): number {
    return typeof vector === "number" ? SMALL_VECTOR_INLINE : vector.length - HEADER
}

/** How often a list has allocated a buffer: 0 as long as it is a number. Counts to 255. */
export function smallSpills(vector: SmallVector): number {
    return typeof vector === "number" ? 0 : (vector[1] as number)
}

/**
 * The value at an index.
 *
 * @throws RangeError if the index is not from 0 below the length.
 */
export function smallAt(vector: SmallVector, index: number): number {
    const length = smallLength(vector)
    if (index >>> 0 !== index || index >= length) checkIndex(index, length)
    return typeof vector === "number"
        ? Math.floor(vector / 256 ** (length - 1 - index)) & 0xff
        : (vector[HEADER + index] as number)
}

/**
 * Appends a value. The 7th makes the list a buffer of 26 bytes with room for 12; whenever that is
 * full, one twice as large follows. Nothing else here allocates.
 *
 * @param value 0 to 255.
 * @returns The list with the value.
 * @throws RangeError if the value is outside its range or the list has 255 values.
 */
export function smallPush(vector: SmallVector, value: number): SmallVector {
    if (value >>> 0 !== value || value > 0xff) failRange("value", value, 0, 0xff)
    const length = smallLength(vector)
    if (length < SMALL_VECTOR_INLINE && typeof vector === "number") return vector * 256 + value
    if (length === SMALL_VECTOR_MAX)
        throw new RangeError(`a small vector must have at most ${SMALL_VECTOR_MAX} values`)
    const buffer = length === smallCapacity(vector) ? grown(vector, length) : (vector as Buffer)
    buffer[HEADER + length] = value
    buffer[0] = length + 1
    return buffer
}

/**
 * Replaces the value at an index.
 *
 * @param value 0 to 255.
 * @returns The list with the value.
 * @throws RangeError if the index is not from 0 below the length or the value is outside its range.
 */
export function smallSet(vector: SmallVector, index: number, value: number): SmallVector {
    if (value >>> 0 !== value || value > 0xff) failRange("value", value, 0, 0xff)
    const old = smallAt(vector, index)
    if (typeof vector === "number")
        return vector + (value - old) * 256 ** (smallLength(vector) - 1 - index)
    vector[HEADER + index] = value
    return vector
}

/**
 * Drops the last value; read it before with {@link smallAt}. A buffer stays one, to be used again:
 * {@link smallShrink} gives it up.
 *
 * @returns The list without the value.
 * @throws RangeError if there is none.
 */
export function smallDrop(vector: SmallVector): SmallVector {
    const length = smallLength(vector)
    if (length === 0) throw new RangeError("a small vector must have a value to drop")
    if (typeof vector === "number") return Math.floor(vector / 256)
    vector[0] = length - 1
    return vector
}

/** Makes a list a number again if it has at most 6 values; its buffer becomes garbage. */
export function smallShrink(vector: SmallVector): SmallVector {
    if (typeof vector === "number" || (vector[0] as number) > SMALL_VECTOR_INLINE) return vector
    let inline = EMPTY_SMALL_VECTOR
    for (let i = 0; i < (vector[0] as number); i++)
        inline = inline * 256 + (vector[HEADER + i] as number)
    return inline
}

/** The values of a full list in a new buffer with twice the room. */
function grown(vector: SmallVector, length: number): Buffer {
    const buffer = Buffer.alloc(HEADER + Math.min(2 * length, SMALL_VECTOR_MAX))
    if (typeof vector === "number")
        for (let i = 0; i < length; i++) buffer[HEADER + i] = smallAt(vector, i)
    else copyBytes(buffer, HEADER, vector, HEADER, length)
    buffer[1] = Math.min(smallSpills(vector) + 1, 0xff)
    return buffer
}
