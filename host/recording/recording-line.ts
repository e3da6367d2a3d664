import { crc32 } from "../base/crc32"
import { escapeUnseen, toJson } from "../base/json"

/** What ends a line: its check, as the last member of its JSON object. */
const CHECK = /,"crc":"([0-9a-f]{8})"\}$/
const NO_CHECK = `,"crc":"00000000"}`
const CHECK_LENGTH = NO_CHECK.length
/** After the last digit of a check. */
const CHECK_END = `"}`.length
const CHECK_DIGITS = 8
const HEX_DIGITS = new TextEncoder().encode("0123456789abcdef")
const NEWLINE = 0x0a

const encoder = new TextEncoder()

/** CRC-32 of a text in UTF-8. */
export type TextCrc = (text: string) => number

const ownCrc: TextCrc = text => crc32(encoder.encode(text))

/**
 * A value as a line that checks itself, without the line break.
 * @param value an object with a member
 * @param crcOf who has a faster one gives it
 */
export function sealLine(value: object, crcOf = ownCrc): string {
    const open = toJson(value).slice(0, -1)
    const crc = crcOf(open).toString(16).padStart(8, "0")
    return `${open},"crc":"${crc}"}`
}

/** A value as a line with its break, for `sealLines`. */
export function unsealedLine(value: object): string {
    return `${JSON.stringify(value).slice(0, -1)}${NO_CHECK}\n`
}

/** Many of `unsealedLine`, joined, as `sealLine` makes them: a fraction of the work of one by one. */
export function sealLines(unsealed: string): Uint8Array {
    const bytes = encoder.encode(escapeUnseen(unsealed))
    for (let start = 0; start < bytes.length;) {
        const end = bytes.indexOf(NEWLINE, start)
        let crc = crc32(bytes, start, end - CHECK_LENGTH)
        const last = end - CHECK_END - 1
        for (let digit = 0; digit < CHECK_DIGITS; digit++) {
            bytes[last - digit] = HEX_DIGITS[crc & 0xf]!
            crc >>>= 4
        }
        start = end + 1
    }
    return bytes
}

/** The object a sealed line holds, its check taken off; undefined when the line is damaged. */
export function openLine(line: string, crcOf = ownCrc): object | undefined {
    const crc = CHECK.exec(line.slice(-CHECK_LENGTH))?.[1]
    if (crc === undefined) return undefined
    const open = line.slice(0, -CHECK_LENGTH)
    if (crcOf(open) !== parseInt(crc, 16)) return undefined
    try {
        return JSON.parse(`${open}}`) as object
    } catch {
        return undefined
    }
}
