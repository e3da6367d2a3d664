import { sha1 } from "@noble/hashes/legacy.js"
import { joined, utf8 } from "./connection"

/** What a frame carries (RFC 6455, section 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface WebSocketFrame {
    /** It ends a message. */
    final: boolean
    opcode: number
    payload: Uint8Array
}

/** What the protocol has a server append to a key (RFC 6455, section 1.3). */
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
/** Longest payload of a frame taken, in bytes: more than any board has memory for. */
const MAX_PAYLOAD_BYTES = 1 << 20

/** What a server answers to a request that wants to change to WebSocket. */
export function acceptWebSocket(key: string): Uint8Array {
    const accept = base64(sha1(utf8(key + KEY_SUFFIX)))
    return utf8(
        [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            `Sec-WebSocket-Accept: ${accept}`,
            "\r\n",
        ].join("\r\n"),
    )
}

/** Reads the frames that a client sends: bytes in, in any pieces, frames out. */
export class WebSocketReader {
    private pending = new Uint8Array(0) as Uint8Array

    /** @throws SyntaxError when a frame is longer than any board can send */
    add(data: Uint8Array): WebSocketFrame[] {
        this.pending = joined(this.pending, data)
        const frames: WebSocketFrame[] = []
        for (let next = this.next(); next; next = this.next()) frames.push(next)
        return frames
    }

    private next(): WebSocketFrame | undefined {
        const { pending } = this
        if (pending.length < 2) return undefined
        const view = new DataView(pending.buffer, pending.byteOffset, pending.length)
        const short = pending[1]! & 0x7f
        const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
        const isMasked = (pending[1]! & 0x80) !== 0
        const start = 2 + lengthBytes + (isMasked ? 4 : 0)
        if (pending.length < start) return undefined
        const length =
            lengthBytes === 0
                ? short
                : lengthBytes === 2
                  ? view.getUint16(2)
                  : Number(view.getBigUint64(2))
        if (length > MAX_PAYLOAD_BYTES) throw new SyntaxError("the frame is too long")
        const end = start + length
        if (pending.length < end) return undefined
        const payload = pending.slice(start, end)
        if (isMasked) for (let i = 0; i < length; i++) payload[i]! ^= pending[start - 4 + (i & 3)]!
        this.pending = pending.slice(end)
        return { final: (pending[0]! & 0x80) !== 0, opcode: pending[0]! & 0xf, payload }
    }
}

/** A whole frame as a server sends it: not masked. */
export function webSocketFrame({ final, opcode, payload }: WebSocketFrame): Uint8Array {
    const { length } = payload
    const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
    const head = new Uint8Array(2 + lengthBytes)
    const view = new DataView(head.buffer)
    head[0] = (final ? 0x80 : 0) | opcode
    head[1] = lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127
    if (lengthBytes === 2) view.setUint16(2, length)
    if (lengthBytes === 8) view.setBigUint64(2, BigInt(length))
    return joined(head, payload)
}

function base64(bytes: Uint8Array): string {
    let text = ""
    for (let i = 0; i < bytes.length; i += 3) {
        const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
        const group = (a << 16) | (b << 8) | c
        for (let digit = 0; digit < 4; digit++)
            text += digit > bytes.length - i ? "=" : BASE64[(group >> (18 - 6 * digit)) & 63]
    }
    return text
}
