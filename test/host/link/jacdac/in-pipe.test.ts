import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { InPipe } from "../../../../host/link/jacdac/in-pipe"
import type { JacdacPacket } from "../../../../host/wire/jacdac-packet"
import { packetFrame, packetsOf } from "../../../../host/wire/jacdac-packet"

const PORT = 7 << 7
const CLOSE = 0x60

/** The whole frame that some packets go in. */
function frameOf(packets: readonly JacdacPacket[]) {
    const body = packets.map(({ command, data }) => [command & 0xff, command >> 8, ...data])
    const all = Uint8Array.from(body.flat())
    return { bytes: packetFrame(1n, 3, { service: 0x3e, command: 0, data: all }), packets }
}

/** What a device sends down a pipe: frames of some packets each, no two of them alike, the last one closing it. */
function framesOf(data: number[], each: number) {
    const packets: JacdacPacket[] = data.map((byte, i) => ({
        service: 0x3e,
        command: PORT | (i & 0x1f),
        data: Uint8Array.of(byte, i & 0xff, i >> 8),
    }))
    const close = PORT | CLOSE | (data.length & 0x1f)
    packets.push({ service: 0x3e, command: close, data: new Uint8Array(0) })
    const frames = []
    for (let at = 0; at < packets.length; at += each)
        frames.push(frameOf(packets.slice(at, at + each)))
    return frames
}

/** Two packets of a pipe, one after the other, in frames that differ and have the same CRC. */
function alikeInCrc() {
    const first = frameOf([{ service: 0x3e, command: PORT, data: Uint8Array.of(0, 0, 0, 0) }])
    for (let low = 0; low < 0x10000; low++) {
        const data = Uint8Array.of(low & 0xff, low >> 8, 1, 0)
        const second = frameOf([{ service: 0x3e, command: PORT | 1, data }])
        if ([0, 1].every(i => first.bytes[i] === second.bytes[i])) return [first, second] as const
    }
    throw new Error("no frame has the other's CRC")
}

describe("a pipe", () => {
    test("gives what was sent, in order and once, whatever is sent again", () => {
        fc.assert(
            fc.property(
                fc.array(fc.nat(255), { maxLength: 150 }),
                fc.integer({ min: 1, max: 14 }),
                fc.array(fc.nat()),
                (data, each, again) => {
                    const frames = framesOf(data, each)
                    const pipe = new InPipe()
                    frames.forEach((frame, i) => {
                        expect(pipe.receive(frame.bytes, frame.packets)).toBe(true)
                        // Doubled, or from the start, as the request came twice.
                        for (const place of again.filter(place => place % 3 === i % 3)) {
                            const old = frames[place % (i + 1)]!
                            expect(pipe.receive(old.bytes.slice(), old.packets)).toBe(false)
                        }
                    })
                    expect(pipe.state).toBe("closed")
                    expect(pipe.chunks.map(([byte]) => byte)).toEqual(data)
                },
            ),
        )
    })

    test("takes a frame for what it is, not for another one with the same CRC", () => {
        const pipe = new InPipe()
        for (const { bytes, packets } of alikeInCrc()) {
            expect(pipe.receive(bytes, packets)).toBe(true)
            expect(pipe.receive(bytes.slice(), packets)).toBe(false)
        }
        expect(pipe.state).toBe("open")
        expect(pipe.chunks.length).toBe(2)
    })

    test("with a packet missing is broken, and stays so", () => {
        const pipe = new InPipe()
        const [first, , third] = framesOf([1, 2, 3, 4], 1)
        pipe.receive(first!.bytes, first!.packets)
        pipe.receive(third!.bytes, third!.packets)
        expect(pipe.state).toBe("broken")
        expect(pipe.receive(framesOf([9], 1)[0]!.bytes, first!.packets)).toBe(false)
    })

    test("without an end is broken before it fills this machine", () => {
        const pipe = new InPipe()
        for (const { bytes, packets } of framesOf(new Array<number>(5000).fill(1), 1))
            pipe.receive(bytes, packets)
        expect(pipe.state).toBe("broken")
        expect(pipe.chunks.length).toBeLessThanOrEqual(1024)
    })
})

test("packets come out of a frame as they went in, and what does not fit is left out", () => {
    fc.assert(
        fc.property(
            fc.nat(63),
            fc.nat(0xffff),
            fc.uint8Array({ maxLength: 236 }),
            fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
            (service, command, data, device) => {
                const frame = packetFrame(device, 1, { service, command, data })
                expect(packetsOf(frame)).toEqual([{ service, command, data }])
            },
        ),
    )
    fc.assert(
        fc.property(fc.uint8Array({ minLength: 12, maxLength: 252 }), frame => {
            for (const { data } of packetsOf(frame)) expect(data.length).toBeLessThanOrEqual(240)
        }),
    )
})
