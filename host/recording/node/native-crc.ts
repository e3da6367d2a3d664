import * as zlib from "node:zlib"

/** Node's own CRC-32, which it has from 20.15 on: it takes a fraction of the time of one in JavaScript. */
export const nativeCrc = (
    zlib as { crc32?: (data: string | Uint8Array, before?: number) => number }
).crc32
