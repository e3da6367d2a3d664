const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

/** Two lower-case digits a byte: `00ff`. */
export function toHex(bytes: Uint8Array): string {
    let text = ""
    for (const byte of bytes) text += DIGITS[byte]!
    return text
}

/** The bytes of such a text. What follows the last whole pair of digits is left out. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
    const pairs = /^(?:[0-9a-f]{2})*/i.exec(text)![0]
    return Uint8Array.from({ length: pairs.length / 2 }, (_, i) =>
        Number.parseInt(pairs.slice(2 * i, 2 * i + 2), 16),
    )
}
