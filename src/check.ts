/**
 * The argument checks that every structure shares: wrong use throws, and the message names the
 * argument and its range, on the board and in Node alike.
 *
 * A call costs a frame on the board's heap even when the check passes, so code that runs often
 * compares inline and calls {@link failRange} only when the comparison fails.
 */

/**
 * The most bytes one buffer may hold on a board, whatever is free: 57,332. The VM allocates at most
 * 57,344 bytes at once and a buffer's own header takes 12 of them; the 12 sizes in between panic as
 * out of memory even on an empty heap.
 */
export const MAX_BUFFER_BYTES = 0xe000 - 12

/**
 * Throws the error for an argument outside its range.
 *
 * @param name The argument as the caller wrote it.
 * @param value What was given.
 * @param min The least value accepted.
 * @param max The greatest value accepted.
 * @throws TypeError if the value is not a number, else RangeError.
 */
export function failRange(name: string, value: unknown, min: number, max: number): never {
    if (typeof value !== "number") failType(name, value, "a number")
    throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`)
}

/**
 * Throws the error for an argument of the wrong type.
 *
 * @param type What it must be, with its article: `a function`.
 * @throws TypeError always.
 */
export function failType(name: string, value: unknown, type: string): never {
    // What the board and Node print of these differs.
    if (typeof value === "object") value = "an object"
    else if (typeof value === "function") value = "a function"
    throw new TypeError(`${name} must be ${type}, got ${value}`)
}

/**
 * Checks that a callback is one: a loop over nothing would not find out.
 *
 * @throws TypeError if it is no function.
 */
export function checkFunction(name: string, value: unknown): void {
    if (typeof value !== "function") failType(name, value, "a function")
}

/**
 * Checks that a range lies in a structure.
 *
 * @throws TypeError if an end is not a number, RangeError if `start` is not an integer from 0 to
 * `end` or `end` not one from `start` to `length`.
 */
export function checkRange(start: number, end: number, length: number): void {
    checkInteger("end", end, 0, length)
    checkInteger("start", start, 0, end)
}

/**
 * Throws the error for a value that is no unsigned integer of so many bits.
 *
 * @throws TypeError if the value is not a number, else RangeError.
 */
export function failBits(value: unknown, bits: number): never {
    failRange("value", value, 0, 2 ** bits - 1)
}

/**
 * Checks that all values of an array are unsigned integers of so many bits.
 *
 * @throws TypeError if it is no array or a value no number, RangeError if a value does not fit.
 */
export function checkAllBits(values: readonly number[], bits: number): void {
    if (typeof values !== "object") failType("values", values, "an array")
    for (let i = 0; i < values.length; i++)
        if (((values[i] as number) & (-1 >>> (32 - bits))) >>> 0 !== values[i])
            failBits(values[i], bits)
}

/**
 * Checks that a value is an integer in a range, both ends included.
 *
 * @throws TypeError if it is not a number, RangeError if it is not an integer from min to max.
 */
export function checkInteger(name: string, value: number, min: number, max: number): void {
    // No `||`: each would be 8 bytes of the call's frame. A text equals no number, NaN not even itself.
    if (Math.floor(value) === value) if (value >= min) if (value <= max) return
    failRange(name, value, min, max)
}

/**
 * Checks that a value is an unsigned integer of at most `max`.
 *
 * @throws TypeError if it is not a number, RangeError if it is not an integer from 0 to max.
 */
export function checkUint(name: string, value: number, max: number): void {
    checkInteger(name, value, 0, max)
}

/**
 * Checks what is taken for 32 bits. What a bitwise operation returns may be negative: that is the
 * same bits.
 *
 * @throws TypeError if it is not a number, RangeError if it is not an integer from -(2 ** 31) to
 * 2 ** 32 - 1.
 */
export function checkUint32(name: string, value: number): void {
    if (value >> 0 !== value) checkInteger(name, value, 0, 0xffffffff)
}

/**
 * Checks how many elements a structure is asked to hold: at least one, and no more than one buffer
 * has room for.
 *
 * @param capacity The number of elements asked for.
 * @param bytesEach The bytes an element takes; a fraction where elements share bytes (0.125: a bit).
 * @param headerBytes The bytes of the buffer that hold no elements.
 * @throws TypeError if it is not a number, RangeError if it does not fit.
 */
export function checkCapacity(capacity: number, bytesEach: number, headerBytes: number = 0): void {
    checkInteger("capacity", capacity, 1, Math.floor((MAX_BUFFER_BYTES - headerBytes) / bytesEach))
}

/**
 * Checks that an index points at an element.
 *
 * @throws TypeError if it is not a number, RangeError if it is not an integer from 0 below length.
 */
export function checkIndex(index: number, length: number, name: string = "index"): void {
    if (typeof index !== "number") failType(name, index, "a number")
    if (!(index >= 0 && index < length) || Math.floor(index) !== index)
        throw new RangeError(
            `${name} must be an integer from 0 and below the length ${length}, got ${index}`,
        )
}
