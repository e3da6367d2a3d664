import { DCFG_MAGIC } from "./dcfg"

/** Where a program's image says where its configuration is: the last of ten sections (`devs_format.h`). */
const SECTION = { start: 104, length: 108 } as const
/** What a program calls its first service, as a key of the configuration has it: index 0x40. */
const FIRST_SERVICE = [0xc0, ...new TextEncoder().encode("service"), 0]

/** What a program adds to its board's configuration, when it starts services of the board. */
export function programConfiguration(bytecode: Uint8Array): Uint8Array | undefined {
    if (bytecode.length < SECTION.length + 4) return undefined
    const view = new DataView(bytecode.buffer, bytecode.byteOffset, bytecode.byteLength)
    const start = view.getUint32(SECTION.start, true)
    const length = view.getUint32(SECTION.length, true)
    if (length < DCFG_MAGIC.length * 4 || start + length > bytecode.length) return undefined
    const isOne = DCFG_MAGIC.every(
        (word, index) => view.getUint32(start + 4 * index, true) === word,
    )
    const configuration = bytecode.slice(start, start + length)
    return isOne && holds(configuration, FIRST_SERVICE) ? configuration : undefined
}

function holds(bytes: Uint8Array, part: readonly number[]): boolean {
    for (let at = bytes.indexOf(part[0]!); at >= 0; at = bytes.indexOf(part[0]!, at + 1))
        if (part.every((byte, index) => bytes[at + index] === byte)) return true
    return false
}
