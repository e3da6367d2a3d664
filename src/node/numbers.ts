/** Whether this machine stores the low byte of a number first, as the structures do. */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** The same bytes as numbers. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array

/**
 * A buffer's bytes as numbers of so many bytes each, which the compiler of Node reads and writes in one
 * step, or undefined where there is no such view of them.
 */
export function numbersOf(buffer: Buffer, bytes: number): Numbers | undefined {
    const { buffer: memory, byteOffset, length } = buffer
    if (bytes === 1) return new Uint8Array(memory, byteOffset, length)
    if (!IS_LITTLE_ENDIAN || byteOffset % bytes !== 0) return undefined
    if (bytes === 2) return new Uint16Array(memory, byteOffset, length >> 1)
    if (bytes === 4) return new Uint32Array(memory, byteOffset, length >> 2)
    return undefined
}
