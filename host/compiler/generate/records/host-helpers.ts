/** What accessors for Node and the browser call, by name: a file has those that it needs. */
export const HELPERS: Readonly<Record<string, string>> = {
    readBits: `/** An unsigned integer of up to 32 bits, its lowest bit so many bits behind a byte. */
function readBits(view: DataView, at: number, bit: number, bits: number): number {
    let value = 0
    for (let done = 0; done < bits; ) {
        const low = (bit + done) & 7
        const taken = Math.min(8 - low, bits - done)
        const part = (view.getUint8(at + ((bit + done) >> 3)) >> low) & (2 ** taken - 1)
        value += part * 2 ** done
        done += taken
    }
    return value
}
`,
    writeBits: `/** Writes an integer's low bits, up to 32. */
function writeBits(view: DataView, at: number, bit: number, bits: number, value: number): void {
    for (let done = 0; done < bits; ) {
        const low = (bit + done) & 7
        const taken = Math.min(8 - low, bits - done)
        const byte = at + ((bit + done) >> 3)
        const mask = (2 ** taken - 1) << low
        view.setUint8(byte, (view.getUint8(byte) & ~mask) | (((value >>> done) << low) & mask))
        done += taken
    }
}
`,
    readText: `/** A text up to the first zero. */
function readText(view: DataView, at: number, most: number): string {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, most)
    const end = bytes.indexOf(0)
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, end < 0 ? most : end))
}
`,
    writeText: `/** Writes a text's first bytes, whole characters, and zeros behind it. */
function writeText(view: DataView, at: number, text: string, most: number): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, most)
    const { written } = new TextEncoder().encodeInto(text, bytes)
    bytes.fill(0, written)
}
`,
    checkInteger: `function checkInteger(name: string, value: number, least: number, most: number): void {
    if (!Number.isInteger(value) || value < least || value > most)
        throw new RangeError(\`\${name} must be an integer from \${least} to \${most}, got \${value}\`)
}
`,
    checkLength: `function checkLength(name: string, length: number, wanted: number): void {
    if (length !== wanted) throw new RangeError(\`\${name} must have \${wanted} elements, got \${length}\`)
}
`,
}
