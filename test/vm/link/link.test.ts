import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, describe, expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import { SerialStreamPort } from "../../../host/link/serial-stream"
import { TcpPort } from "../../../host/link/tcp-stream"
import { SeededRandom } from "../../../host/vm/seeded-random"
import { counts, pty, record, serve, until } from "./rig"

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})
function later<T extends { close(): Promise<void> }>(thing: T): T {
    closing.push(() => thing.close())
    return thing
}

/** 1, 2, 3, ... without a hole or a repetition. */
function expectUnbroken(numbers: number[]) {
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
}

describe("a virtual board, over a pty and the real serial library", () => {
    test("is silent until it is asked, then tells its boot log and all that follows", async () => {
        const { port } = later(await serve("counting"))
        const { path } = later(await pty(port))
        const link = later(new BoardLink(new SerialStreamPort(path)))
        const { lines, frames, phases, gaps } = record(link)
        await link.open()
        await until(() => counts(lines).length >= 20)
        expect(lines.some(line => line.includes("self-device"))).toBe(true)
        expect(counts(lines)[0]).toBe(1)
        expectUnbroken(counts(lines))
        expect(frames.length).toBeGreaterThan(2)
        expect(phases).toEqual(["connecting", "open"])
        expect(gaps).toEqual([])
    })

    test("a minute at ten reports a second, faster: nothing is lost", async () => {
        const { port } = later(await serve("counting", { speed: 20 }))
        const { path } = later(await pty(port))
        const link = later(new BoardLink(new SerialStreamPort(path)))
        const { lines, gaps } = record(link)
        await link.open()
        await until(() => counts(lines).length >= 600, 20_000)
        expect(counts(lines)[0]).toBe(1)
        expectUnbroken(counts(lines))
        expect(gaps).toEqual([])
    })
})

test("a session later goes on where the board is, its first line whole or told as it came", async () => {
    const { port } = later(await serve("counting", { speed: 5 }))
    const seen: number[] = []
    for (let session = 0; session < 5; session++) {
        const link = new BoardLink(new TcpPort("127.0.0.1", port))
        const { lines } = record(link)
        await link.open()
        await until(() => counts(lines).length >= 5)
        await link.close()
        seen.push(...counts(lines))
    }
    // The 4 KB ring kept what was printed in between; a line cut by the hang-up may be missing.
    for (let i = 1; i < seen.length; i++) expect(seen[i]!).toBeGreaterThan(seen[i - 1]!)
})

/** Passes bytes on to a TCP port and back, and hangs up when told to. */
async function relay(port: number) {
    const pairs = new Set<Socket>()
    const server = createServer({ noDelay: true }, near => {
        const far = connect({ port, host: "127.0.0.1", noDelay: true })
        for (const [from, to] of [
            [near, far],
            [far, near],
        ] as const) {
            pairs.add(from)
            from.on("data", bytes => to.write(bytes))
                .on("error", () => undefined)
                .on("close", () => {
                    pairs.delete(from)
                    to.destroy()
                })
        }
    })
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    return {
        port: (server.address() as AddressInfo).port,
        hangUp: () => pairs.forEach(socket => socket.destroy()),
        close: async () => {
            pairs.forEach(socket => socket.destroy())
            await new Promise(done => server.close(done))
        },
    }
}

describe("reconnecting", () => {
    test("100 times at random moments: no crash, nothing twice, never stuck", async () => {
        const board = later(await serve("counting", { speed: 10 }))
        const cable = later(await relay(board.port))
        const link = later(
            new BoardLink(new TcpPort("127.0.0.1", cable.port), {
                reconnect: true,
                backoffMs: [1, 5, 20],
            }),
        )
        const { lines, phases } = record(link)
        await link.open()
        const random = new SeededRandom(5)
        const wait = new Uint8Array(1)
        for (let cycle = 0; cycle < 100; cycle++) {
            random.fill(wait)
            await sleep(wait[0]! / 4)
            cable.hangUp()
            const lost = () => phases.filter(phase => phase === "lost").length
            await until(() => lost() === cycle + 1 && link.state.phase === "open")
        }
        const before = counts(lines).length
        await until(() => counts(lines).length >= before + 20)
        const numbers = counts(lines)
        for (let i = 1; i < numbers.length; i++)
            expect(numbers[i]!).toBeGreaterThan(numbers[i - 1]!)
        expect(phases.filter(phase => phase === "lost")).toHaveLength(100)
        expectUnbroken(numbers.slice(before + 1))
    })

    test("gives up when it is closed", async () => {
        const board = await serve("counting")
        const link = new BoardLink(new TcpPort("127.0.0.1", board.port), {
            reconnect: true,
            backoffMs: [20],
        })
        await link.open()
        await board.close()
        await until(() => link.state.phase === "lost")
        await link.close()
        expect(link.state.phase).toBe("closed")
        await sleep(60)
        expect(link.state.phase).toBe("closed")
    })
})

describe("what cannot be opened says what to do", () => {
    test("no such serial port", async () => {
        const link = new BoardLink(new SerialStreamPort("/dev/no-such-port"))
        await expect(link.open()).rejects.toThrow(/there is no such port.*heapscope ports/)
        expect(link.state.phase).toBe("closed")
    })

    test("nobody listens", async () => {
        const link = new BoardLink(new TcpPort("127.0.0.1", 1))
        await expect(link.open()).rejects.toThrow(/tcp:\/\/127\.0\.0\.1:1 cannot be reached/)
    })

    test.each([
        ["something that is no board", (socket: Socket) => void socket.end("220 mail ready\r\n")],
        ["something that says nothing", () => undefined],
    ])("%s", async (_, serve) => {
        const sockets: Socket[] = []
        const server = createServer(socket => {
            sockets.push(socket.resume())
            serve(socket)
        })
        await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
        const { port } = server.address() as AddressInfo
        const link = new BoardLink(new TcpPort("127.0.0.1", port), { answerMs: 300 })
        await expect(link.open()).rejects.toThrow(
            new RegExp(`127.0.0.1:${port}.*(the port is gone|speaks like a DeviceScript board)`),
        )
        for (const socket of sockets) socket.destroy()
        await new Promise(done => server.close(done))
    })
})
