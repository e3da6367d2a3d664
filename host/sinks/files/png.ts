import { encode } from "fast-png"
import type { Picture } from "../../model/shown"

/** A picture as the bytes of a PNG file: every pixel as it is, in eight bits of red, green and blue. */
export function toPng({ width, height, rgb }: Picture): Uint8Array {
    return encode({ width, height, data: rgb, channels: 3, depth: 8 })
}
