import { afterAll, beforeAll, expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import { bridgeCommandOf } from "../../../host/wire/bridge"
import { openBus } from "../../../host/link/jacdac/bus"
import type { Port } from "../../../host/link/transport/byte-stream"
import { deploy } from "../../../host/link/deploy/deploy"
import { FrameDecoder } from "../../../host/wire/framing"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import { SeededRandom } from "../../../host/base/seeded-random"
import { loadOfficialFraming } from "../../host/wire/official-framing"
import { build } from "../harness"
import { moments } from "../share"
import { pty } from "./pty"
import { counts, record, serve, until } from "./rig"

/** What went over a pty, either way, in the pieces that it came in. */
const wire = { fromBoard: [] as Uint8Array[], toBoard: [] as Uint8Array[] }
let official: Awaited<ReturnType<typeof loadOfficialFraming>>
/** What our link made of it then. */
let live: { frames: number; lines: string[] }

/** A port that keeps all that passes. */
function tapped(port: Port): Port {
    return {
        address: port.address,
        async open(listener) {
            const stream = await port.open({
                ...listener,
                data: bytes => {
                    wire.fromBoard.push(Uint8Array.from(bytes))
                    listener.data(bytes)
                },
            })
            return {
                close: () => stream.close(),
                write: bytes => {
                    wire.toBoard.push(Uint8Array.from(bytes))
                    return stream.write(bytes)
                },
            }
        },
    }
}

// A board's day: boot, log text, the agent's reports, two deployments and the next program's log.
beforeAll(async () => {
    official = await loadOfficialFraming()
    const board = await serve("agent")
    const cable = await pty(board.port)
    const link = new BoardLink(tapped(new SerialStreamPort(cable.path)), { reconnect: true })
    const { lines, frames } = record(link)
    await link.open()
    await until(() => lines.filter(line => line.startsWith("> hs1 ")).length >= 2)
    const bus = await openBus(link)
    await deploy(bus, (await build("devs/station/main.ts")).bytecode)
    await deploy(bus, (await build("counting")).bytecode)
    await until(() => counts(lines).length >= 5)
    await bus.close()
    await link.close()
    live = { frames: frames.length, lines }
    await cable.close()
    await board.close()
}, 60_000)
afterAll(() => {
    wire.fromBoard.length = wire.toBoard.length = 0
})

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

function ours(pieces: Iterable<Uint8Array>): string[] {
    const frames: string[] = []
    const decoder = new FrameDecoder({
        // The bridge's own frames stay inside the official decoder.
        frame: frame => void (bridgeCommandOf(frame) === undefined && frames.push(hex(frame))),
        text: () => undefined,
    })
    for (const piece of pieces) decoder.push(piece)
    return frames
}

function theirs(pieces: Iterable<Uint8Array>): string[] {
    const frames: string[] = []
    const decoder = official(frame => frames.push(hex(frame)))
    for (const piece of pieces) decoder.push(piece)
    return frames
}

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const SIZES = [...Array.from({ length: 70 }, (_, i) => i + 1), 127, 128, 129, 255, 256, 257, 4096]

test("a recorded stream has all that a board says", () => {
    const stream = Buffer.concat(wire.fromBoard)
    const text = stream.toString("latin1")
    expect(stream.length).toBeGreaterThan(3000)
    expect(text).toContain("self-device")
    expect(text).toMatch(/> hs1 seq=/)
    expect(text).toContain("* stop ")
    expect(live.frames).toBeGreaterThan(60)
    const longest = ours([Buffer.concat(wire.toBoard)]).reduce((a, b) =>
        a.length > b.length ? a : b,
    )
    expect(longest.length / 2).toBeGreaterThan(224)
})

test.each(["fromBoard", "toBoard"] as const)(
    "the same frames %s as the official decoder, in the pieces it came in and in any others",
    way => {
        const stream = Buffer.concat(wire[way])
        const expected = theirs(wire[way])
        if (way === "fromBoard") expect(expected).toHaveLength(live.frames)
        expect(expected.length).toBeGreaterThan(60)
        expect(ours(wire[way])).toEqual(expected)
        for (const size of [...SIZES, stream.length]) {
            expect(ours(cut(stream, size))).toEqual(expected)
            expect(theirs(cut(stream, size))).toEqual(expected)
        }
    },
)

test("the same frames for a host that comes at any byte, in the middle of a frame too", () => {
    const stream = Buffer.concat(wire.fromBoard)
    const all = theirs([stream])
    for (const at of moments(1, stream.length - 1, 8)) {
        const expected = theirs([stream.subarray(at)])
        expect(ours([stream.subarray(at)])).toEqual(expected)
        expect(all.slice(all.length - expected.length)).toEqual(expected)
    }
})

test("the same frames when the line is noisy: bytes lost, added, changed, and runs of garbage", () => {
    const stream = Buffer.concat(wire.fromBoard)
    const clean = theirs([stream]).length
    const random = new SeededRandom(11)
    const word = new Uint8Array(4)
    const below = (most: number) => {
        random.fill(word)
        return new DataView(word.buffer).getUint32(0) % most
    }
    for (let round = 0; round < 40; round++) {
        const parts: Uint8Array[] = []
        for (let at = 0; at < stream.length;) {
            const size = 1 + below(600)
            parts.push(stream.subarray(at, at + size))
            // Some of it is skipped, some is garbage, often of the bytes that mean something here.
            at += size + (below(4) === 0 ? 1 + below(20) : 0)
            const noise = new Uint8Array(below(3) === 0 ? below(80) : below(3))
            random.fill(noise)
            parts.push(below(2) ? noise : noise.map(byte => 0xf8 | (byte & 7)))
        }
        const noisy = Buffer.concat(parts)
        const expected = theirs([noisy])
        expect(expected.length).toBeLessThan(clean)
        expect(expected.length).toBeGreaterThan(clean / 20)
        for (const size of [1, 7, 64, 1 + below(300), noisy.length])
            expect(ours(cut(noisy, size))).toEqual(expected)
    }
})
