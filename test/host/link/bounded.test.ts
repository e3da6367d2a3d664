import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, test } from "vitest"
import { encodeFrame, FrameDecoder } from "../../../host/wire/framing"
import { isValidFrame, MAX_FRAME_BYTES } from "../../../host/wire/jacdac-frame"
import { LogLines, MAX_LINE_BYTES } from "../../../host/link/log-lines"
import { randomBytes, randomFrame } from "../wire/frames"

/** What a session decodes with, counting what comes out. */
function decoders() {
    const found = { frames: 0, invalid: 0, lines: 0, longest: 0 }
    const lines = new LogLines(line => {
        found.lines++
        found.longest = Math.max(found.longest, line.length)
    })
    const frames = new FrameDecoder({
        frame: frame => {
            if (isValidFrame(frame)) found.frames++
            else found.invalid++
            lines.sync()
        },
        text: bytes => lines.add(bytes),
        gap: () => lines.sync(),
        damaged: what => (what === "tail" ? lines.dropTail() : lines.sync()),
    })
    return { found, frames, lines }
}

/** Bytes of memory that arrays and buffers reached from an object's own properties take. */
function keptBytes(root: object, seen = new Set<object>()): number {
    let bytes = 0
    for (const value of Object.values(root) as unknown[]) {
        if (typeof value === "string") bytes += value.length
        if (typeof value !== "object" || value === null || seen.has(value)) continue
        seen.add(value)
        if (ArrayBuffer.isView(value)) {
            if (!seen.has(value.buffer)) bytes += value.buffer.byteLength
            seen.add(value.buffer)
        } else
            bytes += Array.isArray(value)
                ? value.length * 8 + keptBytes(value, seen)
                : keptBytes(value, seen)
    }
    return bytes
}

/** Bytes in use on V8's heap and beside it, after a collection. */
function usedBytes(): number {
    setFlagsFromString("--expose-gc")
    const collect = runInNewContext("gc") as () => void
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
}

const noise = randomBytes(21, 1 << 20)
/** Only bytes that mean something on the wire: markers and what may follow them. */
const markers = noise.map(byte => 0xf8 | (byte & 7))

/** Inputs between two looks at the memory in use. */
const WINDOW = 20_000

/** One frame's buffer with its views and the single byte of an escape; a line's buffer. */
const MAX_KEPT = { frames: 264 + 1 + (MAX_FRAME_BYTES + 20) * 8, lines: MAX_LINE_BYTES }

test("50 MB of noise: no byte more is kept than at the start", () => {
    const { found, frames, lines } = decoders()
    const valid = encodeFrame(randomFrame(5, 200))
    const feed = (from: number, toMb: number) => {
        for (let mb = from; mb < toMb; mb++) {
            const piece = mb % 2 ? noise : markers
            for (let at = 0; at < piece.length; at += 4093)
                frames.push(piece.subarray(at, at + 4093))
            frames.push(valid)
            expect(keptBytes(frames)).toBeLessThanOrEqual(MAX_KEPT.frames)
            expect(keptBytes(lines)).toBeLessThanOrEqual(MAX_KEPT.lines)
        }
    }
    feed(0, 4)
    const before = usedBytes()
    feed(4, 54)
    expect(usedBytes() - before).toBeLessThan(100_000)
    expect(found.frames).toBeGreaterThanOrEqual(54)
    expect(found.invalid).toBe(0)
    expect(found.longest).toBeLessThanOrEqual(MAX_LINE_BYTES)
})

test("100,000 fuzzed inputs: no throw, nothing invalid told, and no byte more is kept", () => {
    const { found, frames, lines } = decoders()
    const good = Array.from({ length: 241 }, (_, size) => encodeFrame(randomFrame(size, 12 + size)))
    const feed = (from: number, to: number) => {
        for (let i = from; i < to; i++) {
            const at = (i * 7919) & 0xfffff
            const source = i % 3 ? noise : markers
            // A frame with one byte changed, or noise of up to 97 bytes.
            const input = i % 5 ? source.subarray(at, at + (i % 97)) : good[i % 241]!.slice()
            if (i % 10 === 0) input[at % input.length] = source[i]!
            frames.push(input)
        }
        expect(keptBytes(frames)).toBeLessThanOrEqual(MAX_KEPT.frames)
        expect(keptBytes(lines)).toBeLessThanOrEqual(MAX_KEPT.lines)
    }
    feed(0, 10_000)
    const grown: number[] = []
    for (let from = 10_000; from < 110_000; from += WINDOW) {
        const before = usedBytes()
        for (let i = from; i < from + WINDOW; i += 1000) feed(i, i + 1000)
        grown.push(usedBytes() - before)
    }
    // V8 makes code and drops it, a hundred kilobytes now and then; what is kept of each input grows always:
    // in every window but one in which code was dropped.
    expect(grown.sort((a, b) => a - b)[1]).toBeLessThan(WINDOW)
    expect(found.frames).toBeGreaterThan(1000)
    expect(found.invalid).toBe(0)
    lines.end()
    expect(found.longest).toBeLessThanOrEqual(MAX_LINE_BYTES)
})
