import fc from "fast-check"
import { expect, it } from "vitest"
import { joined, textOf } from "../../../../../host/simulator/world/network/connection"
import {
    acceptWebSocket,
    WebSocketReader,
    webSocketFrame,
} from "../../../../../host/simulator/world/network/websocket"

it("accepts as the protocol's own example does", () => {
    // RFC 6455, section 1.3.
    expect(textOf(acceptWebSocket("dGhlIHNhbXBsZSBub25jZQ=="))).toContain(
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
    )
})

it("reads what a client writes, masked, in whatever pieces it comes", () => {
    const frame = fc.record({
        final: fc.boolean(),
        opcode: fc.constantFrom(1, 2, 8, 9, 10),
        payload: fc.oneof(
            fc.uint8Array({ maxLength: 20 }),
            fc.integer({ min: 120, max: 130 }).map(size => new Uint8Array(size).fill(7)),
        ),
    })
    const mask = fc.uint8Array({ minLength: 4, maxLength: 4 })
    fc.assert(
        fc.property(
            fc.array(frame, { maxLength: 4 }),
            mask,
            fc.integer({ min: 1, max: 99 }),
            (frames, key, size) => {
                const bytes = joined(
                    ...frames.map(frame =>
                        masked(webSocketFrame(frame), frame.payload.length, key),
                    ),
                )
                const reader = new WebSocketReader()
                const read = []
                for (let at = 0; at < bytes.length; at += size)
                    read.push(...reader.add(bytes.subarray(at, at + size)))
                expect(read).toEqual(frames)
            },
        ),
        { numRuns: 50, seed: 14 },
    )
})

it("reads a frame whose length takes eight bytes", () => {
    const payload = new Uint8Array(70_000).fill(9)
    const frame = { final: true, opcode: 2, payload }
    const bytes = masked(webSocketFrame(frame), payload.length, new Uint8Array([1, 2, 3, 4]))
    const [read] = new WebSocketReader().add(bytes)
    expect(read?.payload.length).toBe(payload.length)
    expect(read?.payload.every(byte => byte === 9)).toBe(true)
})

/** A server's frame as a client would have sent it. */
function masked(frame: Uint8Array, length: number, key: Uint8Array): Uint8Array {
    const head = frame.slice(0, frame.length - length)
    head[1]! |= 0x80
    const payload = frame.slice(frame.length - length).map((byte, i) => byte ^ key[i & 3]!)
    return joined(head, key, payload)
}
