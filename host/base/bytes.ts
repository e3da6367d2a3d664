/** The parts one after the other, copied. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
        all.set(part, at)
        at += part.length
    }
    return all
}

/** Whether a run of bytes occurs in others; an empty one always does. */
export function includesBytes(bytes: Uint8Array, wanted: Uint8Array): boolean {
    const [first] = wanted
    if (first === undefined) return true
    const last = bytes.length - wanted.length
    for (let at = bytes.indexOf(first); at >= 0 && at <= last; at = bytes.indexOf(first, at + 1))
        if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
    return false
}
