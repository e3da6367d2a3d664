import type { ReadonlyBytes } from "./byte-fields"

/**
 * Bytes written in hexadecimal, spaces and `//` comments ignored.
 *
 * The compiler for the board knows this tag by its name: it puts the bytes into flash, where they
 * take no heap, and leaves the function out of the program. In Node the function makes the same
 * bytes, so that code with tables in it runs in both.
 *
 * ```ts
 * const DISHES = hex`
 *     c2 01 00 05 // 4.50, starter, 5 minutes
 *     9a 06 01 14 // 16.90, main course, 20 minutes
 * `
 * ```
 *
 * @throws RangeError if anything else stands in the text or the number of digits is odd.
 */
export function hex(text: unknown): ReadonlyBytes {
    const source = (text as string[])[0] as string
    const bytes: number[] = []
    let high = -1
    for (let i = 0; i < source.length; i++) {
        if (source[i] === "/" && source[i + 1] === "/") {
            i = source.indexOf("\n", i)
            if (i < 0) break
        }
        const char = source[i] as string
        if (char === " " || char === "\n" || char === "\r" || char === "\t") continue
        const digit = "0123456789abcdef".indexOf(char.toLowerCase())
        if (digit < 0) throw new RangeError(`invalid character in hex: ${char}`)
        if (high < 0) high = digit
        else {
            bytes.push(16 * high + digit)
            high = -1
        }
    }
    if (high >= 0) throw new RangeError("hex must have an even number of digits")
    return Buffer.from(bytes)
}
