import type { Bytes, ReadonlyBytes } from "./byte-fields"
import { checkInteger, failBits, failRange, failType } from "./check"

// `||`, `&&`, `?:`, `a[i++]` and `a.b++` make the board's compiler reserve a slot of 8 bytes in the
// frame of the call; separate statements do not. So they are avoided where a call is frequent.

/**
 * Reads one of many values of `bits` bits each that stand without gaps in plain bytes, lowest bits
 * first. Nothing but the bytes is needed: 1,000 values of 5 bits take 625 bytes and the 12 bytes of
 * the buffer's header. For whole bytes `readField` does the same faster.
 *
 * @param index Which value, from 0.
 * @param bits The bits of a value, 1 to 32.
 * @throws RangeError or TypeError if there is no such value in `bytes` or `bits` is out of range.
 */
export function readPacked(bytes: ReadonlyBytes, index: number, bits: number): number {
    if (typeof bytes !== "object") failType("bytes", bytes, "bytes")
    if (((bits - 1) & 31) + 1 !== bits) failPlace(bytes, index, bits)
    if (index >>> 0 !== index) failPlace(bytes, index, bits)
    if (!((index + 1) * bits <= 8 * bytes.length)) failPlace(bytes, index, bits)
    index *= bits
    let have = 8 - (index & 7)
    let value = (bytes[index >> 3] as number) >> (index & 7)
    index >>= 3
    while (have < bits) {
        index++
        value |= (bytes[index] as number) << have
        have += 8
    }
    return (value & (-1 >>> (32 - bits))) >>> 0
}

/**
 * Writes one of many values of `bits` bits each that stand without gaps in plain bytes.
 *
 * @param index Which value, from 0.
 * @param bits The bits of a value, 1 to 32.
 * @throws RangeError or TypeError if the value does not fit in its bits or there is no such place.
 */
export function writePacked(bytes: Bytes, index: number, bits: number, value: number): void {
    if (typeof bytes !== "object") failType("bytes", bytes, "bytes")
    if (((bits - 1) & 31) + 1 !== bits) failPlace(bytes, index, bits)
    if (index >>> 0 !== index) failPlace(bytes, index, bits)
    if (!((index + 1) * bits <= 8 * bytes.length)) failPlace(bytes, index, bits)
    if ((value & (-1 >>> (32 - bits))) >>> 0 !== value) failBits(value, bits)
    index *= bits
    let low = index & 7
    index >>= 3
    while (bits > 0) {
        // Ones where bits of the value go; a byte keeps the low 8 bits of what is stored.
        let mask = 0xff << low
        if (low + bits < 8) mask = ((1 << bits) - 1) << low
        bytes[index] = ((bytes[index] as number) & ~mask) | ((value << low) & mask)
        value >>>= 8 - low
        bits -= 8 - low
        low = 0
        index++
    }
}

function failPlace(bytes: ReadonlyBytes, index: number, bits: number): never {
    checkInteger("bits", bits, 1, 32)
    if (!(bytes.length >= 0)) failType("bytes", bytes, "bytes")
    failRange("index", index, 0, Math.floor((8 * bytes.length) / bits) - 1)
}
