import { crc32 } from "../base/crc32"
import { toJson } from "../base/json"

/** What ends a line: its check, as the last member of its JSON object. */
const CHECK = /,"crc":"([0-9a-f]{8})"\}$/
const CHECK_LENGTH = `,"crc":"00000000"}`.length

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
