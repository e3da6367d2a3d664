import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { bridgeCommandOf } from "../../../host/wire/bridge"
import { encodeFrame, FrameDecoder, QBYTE } from "../../../host/wire/framing"
import { crc16, crc16OfFrame, sealFrame } from "../../../host/wire/jacdac-frame"
import { randomBytes, randomFrame } from "./frames"
import { loadOfficialFraming } from "./official-framing"

const { marker, frameStart, frameEnd, literal } = QBYTE
let official: Awaited<ReturnType<typeof loadOfficialFraming>>
beforeAll(async () => {
    official = await loadOfficialFraming()
})

/** All that a decoder finds, in order; frames as hex, text joined. */
function decode(chunks: Iterable<Uint8Array>) {
    const frames: string[] = []
    let text = ""
    let damaged = 0
    const decoder = new FrameDecoder({
        frame: frame => frames.push(hex(frame)),
        text: bytes => (text += Buffer.from(bytes).toString("latin1")),
        damaged: () => damaged++,
    })
    for (const chunk of chunks) decoder.push(chunk)
    return { frames, text, damaged }
}

function officialFrames(chunks: Iterable<Uint8Array>): string[] {
    const frames: string[] = []
    const decoder = official(frame => frames.push(hex(frame)))
    for (const chunk of chunks) decoder.push(chunk)
    return frames
}

function hex(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString("hex")
}

function fromHex(text: string): Uint8Array {
    return Buffer.from(text, "hex")
}

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const text = (value: string) => Buffer.from(value)

test("the CRC is the one of the catalogue: 123456789 gives 29b1, and its bytes swapped", () => {
    expect(crc16(text("123456789"))).toBe(0xb129)
})

test("the CRC of a whole frame is that of its bytes after the first two, one by one", () => {
    for (let size = 12; size <= 267; size++) {
        const bytes = randomBytes(size, size)
        const view = new DataView(bytes.buffer)
        expect(crc16OfFrame(view, size)).toBe(crc16(bytes, 2))
        bytes.fill(0)
        expect(crc16OfFrame(view, size)).toBe(crc16(bytes, 2))
    }
})

describe("frames and log text", () => {
    const frame = randomFrame(1, 64)

    test("a frame splits a line, cut at every byte", () => {
        const stream = Buffer.concat([text("> hel"), encodeFrame(frame), text("lo\n")])
        for (let at = 0; at <= stream.length; at++) {
            const found = decode([stream.subarray(0, at), stream.subarray(at)])
            expect(found).toEqual({ frames: [hex(frame)], text: "> hello\n", damaged: 0 })
        }
    })

    test("frames of every size, full of markers too", () => {
        for (let size = 12; size <= 252; size++) {
            const full = new Uint8Array(size).fill(marker)
            full[2] = size - 12
            sealFrame(full)
            for (const one of [randomFrame(size, size), full]) {
                const found = decode(cut(encodeFrame(one), 7))
                expect(found.frames).toEqual([hex(one)])
            }
        }
    })

    test("a session that begins in the middle of a frame", () => {
        const stream = Buffer.concat([encodeFrame(frame).subarray(20), encodeFrame(frame)])
        expect(decode([stream]).frames).toEqual([hex(frame)])
    })

    test("a frame that never ends, then another", () => {
        const stream = Buffer.concat([encodeFrame(frame).subarray(0, 30), encodeFrame(frame)])
        expect(decode([stream])).toEqual({ frames: [hex(frame)], text: "", damaged: 1 })
    })

    test("a wrong CRC, a size too large and a frame too short are damaged", () => {
        const wrong = frame.slice()
        wrong[40]! ^= 1
        const raw = (bytes: Uint8Array) => [marker, frameStart, ...bytes, marker, frameEnd]
        const clean = wrong.map(byte => (byte === marker ? 0 : byte))
        const stream = Uint8Array.from([
            ...raw(clean),
            ...raw(clean.subarray(0, 5)),
            ...raw(new Uint8Array()),
        ])
        expect(decode([stream])).toEqual({ frames: [], text: "", damaged: 3 })
    })

    test("more than a frame can hold is none, and ends where the text begins again", () => {
        const stream = Buffer.concat([
            Uint8Array.of(marker, frameStart),
            new Uint8Array(300),
            encodeFrame(frame),
            text("on\n"),
        ])
        const found = decode([stream])
        expect(found.frames).toEqual([hex(frame)])
        expect(found.text.endsWith("on\n")).toBe(true)
    })

    test("a marker in text is a marker", () => {
        expect(decode([Uint8Array.of(65, marker, literal, 66)]).text).toBe("A\xfeB")
    })

    test("what is no frame is not sent", () => {
        expect(() => encodeFrame(new Uint8Array(16))).toThrow(RangeError)
        expect(() => encodeFrame(Uint8Array.of(...frame, 0))).toThrow(RangeError)
    })
})

/** Bytes that look like the wire's, but for what went wrong. */
const wire = fc
    .array(
        fc.oneof(
            {
                weight: 4,
                arbitrary: fc
                    .nat(1000)
                    .map(seed => encodeFrame(randomFrame(seed, 12 + (seed % 241)))),
            },
            { weight: 2, arbitrary: fc.string({ maxLength: 40 }).map(text) },
            {
                weight: 3,
                arbitrary: fc
                    .uint8Array({ maxLength: 30 })
                    .map(bytes => bytes.map(byte => 0xf8 + (byte & 7))),
            },
            { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
            {
                weight: 2,
                arbitrary: fc
                    .tuple(fc.nat(1000), fc.nat(300), fc.nat(255))
                    .map(([seed, at, value]) => {
                        const bytes = encodeFrame(randomFrame(seed, 12 + (seed % 241)))
                        bytes[at % bytes.length] = value
                        return bytes
                    }),
            },
        ),
        { maxLength: 12 },
    )
    .map(parts => Buffer.concat(parts))

describe("against the official client's decoder", () => {
    test("the same frames from fuzzed streams, however cut", () => {
        fc.assert(
            fc.property(wire, fc.integer({ min: 1, max: 100 }), (stream, size) => {
                const theirs = officialFrames(cut(stream, size))
                const ours = decode(cut(stream, size)).frames.filter(
                    frame => bridgeCommandOf(fromHex(frame)) === undefined,
                )
                expect(ours).toEqual(theirs)
            }),
            { numRuns: 2000 },
        )
    })

    test("the same bytes for a frame", () => {
        const { encode } = official(() => undefined)
        for (let seed = 1; seed <= 300; seed++) {
            const frame = randomFrame(seed, 12 + (seed % 241))
            expect(hex(encodeFrame(frame))).toBe(hex(encode(frame)))
        }
    })
})

describe("whatever arrives", () => {
    test.each([1, 2, 3, 4, 5])("1 MB of random bytes, then a valid frame (%i)", seed => {
        const frame = randomFrame(99, 200)
        const found = decode([...cut(randomBytes(seed, 1_000_000), 4096), encodeFrame(frame)])
        expect(found.frames.at(-1)).toBe(hex(frame))
    })

    test("noise that ends inside a frame, an escape or a pair of markers hides no frame", () => {
        const frame = randomFrame(98, 60)
        for (const end of [
            [],
            [marker],
            [marker, marker],
            [marker, frameStart],
            [marker, frameStart, 1, 2, 3],
            [marker, frameStart, marker],
            [marker, frameStart, 5, marker, marker],
            [marker, frameStart, ...new Uint8Array(256)],
            [marker, frameStart, ...new Uint8Array(256), marker],
        ])
            expect(decode([Uint8Array.from(end), encodeFrame(frame)]).frames).toEqual([hex(frame)])
    })
})
