import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { BoardLink } from "../../../host/link/board-link"
import { findStablePath } from "../../../host/link/node/stable-port-path"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { build } from "../harness"
import { pty } from "./pty"
import { counts, record, serve, until } from "./rig"

beforeAll(() => build("counting"))

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
        await until(() => counts(lines).length >= 20 && frames.length > 2)
        expect(lines.some(line => line.includes("self-device"))).toBe(true)
        expect(counts(lines)[0]).toBe(1)
        expectUnbroken(counts(lines))
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
        // The hang-up may have cut the last one.
        seen.push(...counts(lines.slice(0, -1)))
    }
    // The 4 KB ring kept what was printed in between.
    for (let i = 1; i < seen.length; i++) expect(seen[i]!).toBeGreaterThan(seen[i - 1]!)
})

test("a link that reconnects gives up when it is closed", async () => {
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

test("a board that comes back under another path is found there", async () => {
    const { port } = later(await serve("counting"))
    const first = await pty(port)
    const folder = mkdtempSync(join(tmpdir(), "heapscope-by-id-"))
    const lasting = join(folder, "usb-board")
    symlinkSync(first.path, lasting)
    const link = later(
        new BoardLink(new SerialStreamPort(first.path, async () => lasting), {
            reconnect: true,
            backoffMs: [20],
        }),
    )
    const { lines, phases } = record(link)
    await link.open()
    await until(() => counts(lines).length >= 2)
    await first.close()
    await until(() => phases.includes("lost"))
    const second = later(await pty(port))
    rmSync(lasting)
    symlinkSync(second.path, lasting)
    lines.length = 0
    await until(() => counts(lines).length >= 2)
    rmSync(folder, { recursive: true })
})

test("a link to the port that is taken away takes nothing with it", async () => {
    const { port } = later(await serve("counting"))
    const { path } = later(await pty(port))
    const link = later(new BoardLink(new SerialStreamPort(path)))
    const { lines, phases } = record(link)
    await link.open()
    rmSync(path)
    const before = counts(lines).length
    await until(() => counts(lines).length >= before + 10)
    expect(phases).toEqual(["connecting", "open"])
})

test("the lasting path of a board's own USB is known by its serial number, of others there is none", async () => {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-by-id-"))
    for (const name of ["ttyACM0", "ttyACM1", "ttyUSB0"]) {
        writeFileSync(join(folder, name), "")
        mkdirSync(join(folder, "by-id"), { recursive: true })
        symlinkSync(join(folder, name), join(folder, "by-id", `usb-${name}-if00`))
    }
    const find = (name: string) => findStablePath(join(folder, name), join(folder, "by-id"))
    expect(await find("ttyACM1")).toBe(join(folder, "by-id/usb-ttyACM1-if00"))
    expect(await find("ttyUSB0")).toBeUndefined()
    expect(await find("ttyACM7")).toBeUndefined()
    expect(await findStablePath(join(folder, "ttyACM0"), "/no/such/folder")).toBeUndefined()
    rmSync(folder, { recursive: true })
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
