import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { beforeAll, expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import type { Port } from "../../../host/link/transport/byte-stream"
import { QBYTE } from "../../../host/wire/framing"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { SeededRandom } from "../../../host/base/seeded-random"
import { loadOfficialFraming } from "../../host/wire/official-framing"
import { build } from "../harness"
import { countOf } from "../share"
import { enduringPty } from "./pty"
import { record, serve, until } from "./rig"

const { marker, literal, frameStart, frameEnd } = QBYTE
const CYCLES = countOf(20, 100)

let official: Awaited<ReturnType<typeof loadOfficialFraming>>
beforeAll(async () => {
    official = await loadOfficialFraming()
    await build("counting")
})

/** Passes a board's bytes on, keeps what it passed, and hangs up after a certain byte if told to. */
async function relay(port: number) {
    /** What each connection got, all of it. */
    const sessions: number[][] = []
    let near: Socket | undefined
    /** Bytes of a frame to let through before it hangs up. */
    let cutAfter: number | undefined
    let framesBefore = 0
    let inFrame = -1

    const server = createServer({ noDelay: true }, socket => {
        near = socket
        const passed: number[] = []
        sessions.push(passed)
        inFrame = -1
        const far = connect({ port, host: "127.0.0.1", noDelay: true })
        far.on("data", bytes => {
            if (socket.writableEnded) return
            let last = -1
            for (const [index, byte] of bytes.entries()) {
                const before = passed.at(-1)
                passed.push(byte)
                if (before === marker && byte === frameStart) inFrame = 0
                else if (before === marker && byte === frameEnd) inFrame = -1
                else if (inFrame >= 0) inFrame++
                if (cutAfter === undefined || inFrame < cutAfter) continue
                if (framesBefore-- > 0) inFrame = -1
                else {
                    last = index
                    break
                }
            }
            if (last < 0) socket.write(bytes)
            else {
                cutAfter = undefined
                // All of that arrives, and nothing after it.
                socket.end(bytes.subarray(0, last + 1))
            }
        })
        socket.on("data", bytes => far.write(bytes))
        for (const [one, other] of [
            [socket, far],
            [far, socket],
        ] as const)
            one.on("error", () => undefined).on("close", () => other.destroy())
    })
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    return {
        port: (server.address() as AddressInfo).port,
        sessions,
        /** Lets some frames pass, then hangs up after so many bytes of one that has as many. */
        hangUpInFrame: (bytes: number, frames: number) => {
            cutAfter = bytes
            framesBefore = frames
        },
        /** Hangs up now, wherever that is. */
        hangUp: () => near?.end(),
        /** Hangs up, and nobody may come again. All that was passed on arrives. */
        close: async () => {
            const closed = new Promise(done => server.close(done))
            near?.end()
            await closed
        },
    }
}

/** Text of a session, its frames left out, and whether it ended inside one. Slow and simple. */
function readSession(bytes: number[]): { text: string; endsInFrame: boolean } {
    let text = ""
    let inFrame = false
    for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at]!
        const next = bytes[at + 1]
        if (byte !== marker) {
            if (!inFrame) text += String.fromCharCode(byte)
        } else {
            at++
            if (next === frameStart) inFrame = true
            else if (next === frameEnd) {
                // The end of a frame that began in the session before.
                if (!inFrame) text = ""
                inFrame = false
            } else if (next === literal && !inFrame) text += "\xfe"
        }
    }
    return { text, endsInFrame: inFrame }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

/** Hangs up on a link many times, and gives what was passed on to it and what it told. */
async function endure(
    early: boolean,
    reach: (port: number) => Promise<{ port: Port; close(): Promise<void> }>,
) {
    const board = await serve("counting", { speed: 20 })
    const cable = await relay(board.port)
    const way = await reach(cable.port)
    const link = new BoardLink(way.port, { reconnect: true, backoffMs: [1, 5, 20] })
    const { lines, frames, phases } = record(link)
    const isOpen = () => link.state.phase === "open"
    const lost = () => phases.filter(phase => phase === "lost").length
    await link.open()
    const random = new SeededRandom(5)
    const pick = new Uint8Array(2)
    for (let cycle = 0; cycle < CYCLES; cycle++) {
        random.fill(pick)
        const [when, where] = pick as unknown as [number, number]
        // Some before the board has said anything whole, where that can be told from a port that is gone.
        if (!early || cycle % 3 || cycle % 4 === 0) await until(isOpen)
        const before = lost()
        if (cycle % 4) cable.hangUpInFrame(1 + (where % 40), when % 4)
        else {
            await sleep(when / 4)
            cable.hangUp()
        }
        await until(() => lost() > before)
    }
    await until(isOpen)
    const told = lines.length
    await until(() => lines.length >= told + 20)
    await cable.close()
    await until(() => !isOpen())
    await link.close()
    await way.close()
    await board.close()
    const sessions = cable.sessions.map(readSession)
    const midFrame = sessions.filter(({ endsInFrame }) => endsInFrame).length
    expect(midFrame).toBeGreaterThan(CYCLES / 2)
    const passed: string[] = []
    for (const bytes of cable.sessions)
        official(frame => passed.push(hex(frame))).push(Uint8Array.from(bytes))
    expect(passed.length).toBeGreaterThan(CYCLES)
    console.log(`${midFrame} of ${CYCLES} in the middle of a frame, ${passed.length} frames whole`)
    return {
        phases,
        lines,
        frames: frames.map(hex),
        passed: {
            frames: passed,
            lines: sessions.flatMap(({ text }) => text.split("\n").filter(line => line !== "")),
        },
    }
}

test("hang-ups, most in the middle of a frame: all that arrived is told, once", async () => {
    const { lines, frames, passed } = await endure(true, async port => ({
        port: new TcpPort("127.0.0.1", port),
        close: async () => undefined,
    }))
    expect(frames).toEqual(passed.frames)
    // The last line of a session as far as it came.
    expect(lines).toEqual(passed.lines)
}, 120_000)

test("hang-ups of a pty, which takes what was not read with it: nothing is told twice", async () => {
    const { phases, lines, frames, passed } = await endure(false, async port => {
        const cable = await enduringPty(port)
        return { port: new SerialStreamPort(cable.path), close: cable.close }
    })
    // It is missed as what it is, not for want of a word.
    expect(phases).not.toContain("silent")
    expectWithin(frames, passed.frames)
    expectWithin(lines, passed.lines)
    expect(lines.length).toBeGreaterThan(CYCLES)
}, 120_000)

/** Each is one of these, in their order and none twice; a line may have been cut. */
function expectWithin(told: string[], passed: string[]): void {
    let at = 0
    for (const text of told) {
        while (at < passed.length && !passed[at]!.startsWith(text)) at++
        expect(at, `${text} again, or never`).toBeLessThan(passed.length)
        at++
    }
}
