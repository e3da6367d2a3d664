/** What is reached of `node:zlib`: packed recordings, which a tab reads and does not make. */
import { Buffer } from "buffer"
import { Inflate } from "pako"

export const constants = { Z_SYNC_FLUSH: 2 }

/** Absent, as in a Node before 20.15: whoever wants it makes his own. */
export const crc32 = undefined

/** pako's, of which its types tell the results alone. */
type Inflating = Inflate & {
    ended: boolean
    strm: { total_in: number; output: Uint8Array; next_out: number; avail_out: number }
}

/**
 * What is packed at the start of `packed`, as far as it goes.
 * @returns the text, and how many bytes of `packed` were read for it
 * @throws Error where it is damaged, or unpacks to more than `maxOutputLength` bytes
 */
export function inflateRawSync(
    packed: Uint8Array,
    { maxOutputLength }: { maxOutputLength: number },
): { buffer: Buffer; engine: { bytesWritten: number } } {
    const inflating = new Inflate({ raw: true }) as Inflating
    const parts: Uint8Array[] = []
    let length = 0
    inflating.onData = data => {
        const part = data as Uint8Array
        parts.push(part)
        length += part.length
        if (length > maxOutputLength) throw new Error("more than was to be")
    }
    inflating.push(packed, constants.Z_SYNC_FLUSH)
    if (inflating.err !== 0) throw new Error(inflating.msg)
    const { output, next_out, avail_out, total_in } = inflating.strm
    // What was not handed on as the end has not come.
    if (!inflating.ended && avail_out > 0) inflating.onData(output.slice(0, next_out))
    return { buffer: Buffer.concat(parts), engine: { bytesWritten: total_in } }
}

export function deflateRawSync(): never {
    throw new Error("a tab packs no recordings")
}
