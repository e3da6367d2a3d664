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
    if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${value}`)
    throw new RangeError(`${name} must be an integer from ${min} to ${max}, got ${value}`)
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
 * Checks that a value is an integer in a range, both ends included.
 *
 * @throws TypeError if it is not a number, RangeError if it is not an integer from min to max.
 */
export function checkInteger(name: string, value: number, min: number, max: number): void {
    if (typeof value !== "number" || !(value >= min && value <= max) || Math.floor(value) !== value)
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
export function checkIndex(index: number, length: number): void {
    if (typeof index !== "number") throw new TypeError(`index must be a number, got ${index}`)
    if (!(index >= 0 && index < length) || Math.floor(index) !== index)
        throw new RangeError(
            `index must be an integer from 0 and below the length ${length}, got ${index}`,
        )
}
