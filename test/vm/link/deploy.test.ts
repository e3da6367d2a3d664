import { createHash } from "node:crypto"
import { SerialPort } from "serialport"
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest"
import { findBoard, findBoardOfProduct } from "../../../host/boards/node/find-board"
import { BoardLink } from "../../../host/link/board-link"
import { openBus } from "../../../host/link/jacdac/bus"
import { readProduct } from "../../../host/link/deploy/board-facts"
import { deploy, findManager, type LeftWith } from "../../../host/link/deploy/deploy"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { build } from "../harness"
import { enduringPty, pty } from "./pty"
import { counts, record, serve, until } from "./rig"
import { underLoad } from "../../machine-load"
import {
    JDBus,
    DeviceScriptManagerClient,
    SRV_DEVICE_SCRIPT_MANAGER,
    createNodeWebSerialTransport,
    DeviceScriptManagerReg,
} from "jacdac-ts"

beforeAll(() =>
    Promise.all(["counting", "live-timers", "devs/station/main.ts"].map(name => build(name))),
)

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})
function later<T extends { close(): Promise<void> }>(thing: T): T {
    closing.push(() => thing.close())
    return thing
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

describe("our deploy", () => {
    async function connect(port: number) {
        const { path } = later(await enduringPty(port))
        const link = later(new BoardLink(new SerialStreamPort(path), { reconnect: true }))
        const seen = record(link)
        await link.open()
        const bus = later(await openBus(link))
        return { bus, seen, link }
    }

    test("replaces the program over a pty, verifies and starts it; a second time it is there", async () => {
        const { board, port } = later(await serve("live-timers"))
        const { bus, seen } = await connect(port)
        const { bytecode } = await build("counting")
        const progress: number[] = []
        const result = await deploy(bus, bytecode, { onProgress: part => progress.push(part) })
        const told = { sha256: sha256(bytecode), running: true, reset: false, released: false }
        expect(result).toEqual({ changed: true, ...told })
        expect(progress.at(-1)).toBe(1)
        await until(() => counts(seen.lines).length >= 3)
        expect(counts(seen.lines).slice(0, 3)).toEqual([1, 2, 3])
        expect(board.simulated.sample().usedBytes).toBeGreaterThan(0)

        const again = await deploy(bus, bytecode)
        expect(again).toEqual({ changed: false, ...told })
    })

    test("leaves it stopped when told to", async () => {
        const { port } = later(await serve("counting"))
        const { bus } = await connect(port)
        const { bytecode } = await build("live-timers")
        const result = await deploy(bus, bytecode, { start: false })
        expect(result.running).toBe(false)
    })

    test("Ctrl-C in the middle leaves a board without a program, reset, that takes the next one", async () => {
        const { port } = later(await serve("counting"))
        const { bus, link, seen } = await connect(port)
        const { bytecode } = await build("devs/station/main.ts")
        const controller = new AbortController()
        const left: LeftWith[] = []
        const interrupted = deploy(bus, bytecode, {
            signal: controller.signal,
            onBrokenOff: has => left.push(has),
            onProgress: part => part > 0.3 && controller.abort(new Error("interrupted")),
        })
        await expect(interrupted).rejects.toThrow("interrupted")
        expect(left).toEqual(["no program"])
        await until(() => seen.phases.includes("lost") && link.state.phase === "open")
        const next = later(await openBus(link))
        expect((await deploy(next, bytecode)).running).toBe(true)
    })

    test("Ctrl-C when all has been sent, before it is verified: the board has the new program", async () => {
        const { port } = later(await serve("counting"))
        const { bus, link, seen } = await connect(port)
        const { bytecode } = await build("devs/station/main.ts")
        const controller = new AbortController()
        const left: LeftWith[] = []
        const interrupted = deploy(bus, bytecode, {
            signal: controller.signal,
            onBrokenOff: has => left.push(has),
            onProgress: part => part === 1 && controller.abort(new Error("interrupted")),
        })
        await expect(interrupted).rejects.toThrow("interrupted")
        expect(left).toEqual(["new program"])
        await until(() => seen.phases.includes("lost") && link.state.phase === "open")
        const next = later(await openBus(link))
        expect(await deploy(next, bytecode)).toMatchObject({ changed: false, running: true })
    })

    test("what a board has no room for is refused at once, and it keeps what it had", async () => {
        const { port } = later(await serve("counting"))
        const link = later(
            new BoardLink(new TcpPort("127.0.0.1", port), { reconnect: true, backoffMs: [20] }),
        )
        const { lines } = record(link)
        await link.open()
        const bus = later(await openBus(link))
        const most = findBoard("pico").programFlashBytes
        // 32 bytes more than fit: the VM keeps its programs as an RP2040 does.
        const tooLarge = new Uint8Array(most + 32)
        tooLarge.set((await build("live-timers")).bytecode)
        const began = performance.now()
        await expect(deploy(bus, tooLarge)).rejects.toThrow(
            /no room for it\. It was reset, to run the program that it had/,
        )
        expect(performance.now() - began).toBeLessThan(underLoad(2000))
        lines.length = 0
        await until(() => counts(lines).length >= 3)
        expect(counts(lines)[0]).toBe(1)
        await expect(deploy(bus, new Uint8Array(33))).rejects.toThrow(/Compile it again/)
    })

    test("a program as large as a board has room for is taken", async () => {
        const { port } = later(await serve("counting", { speed: 5 }))
        const { bus } = await connect(port)
        const bytes = new Uint8Array(findBoard("pico").programFlashBytes)
        bytes.set((await build("live-timers")).bytecode)
        const result = await deploy(bus, bytes)
        expect(result).toMatchObject({ changed: true, sha256: sha256(bytes) })
    })

    test("a board that goes away", async () => {
        const served = await serve("counting")
        const link = later(new BoardLink(new TcpPort("127.0.0.1", served.port)))
        await link.open()
        const bus = later(await openBus(link))
        const { bytecode } = await build("devs/station/main.ts")
        const broken = deploy(bus, bytecode, {
            onProgress: part => part > 0.3 && void served.close(),
        })
        await expect(broken).rejects.toThrow(/stopped answering/)
    })
})

test("a board tells which product it is, as far as it is known", async () => {
    const { port } = later(await serve("counting"))
    const link = later(new BoardLink(new TcpPort("127.0.0.1", port)))
    await link.open()
    const bus = later(await openBus(link))
    const { device } = await findManager(bus)
    const product = await readProduct(bus.clientOf(device.service(0)))
    expect(product).toBe(0x3f6e1f0c)
    expect(findBoardOfProduct(product)?.id).toBe("pico")
    // The simulator's own.
    expect(findBoardOfProduct(0x3fe5b46f)).toBeUndefined()
})

test("a reset board comes back with the program that was deployed", async () => {
    const { port } = later(await serve("live-timers"))
    const link = later(
        new BoardLink(new TcpPort("127.0.0.1", port), { reconnect: true, backoffMs: [20] }),
    )
    const { lines, phases } = record(link)
    await link.open()
    const bus = later(await openBus(link))
    const manager = await findManager(bus)
    const { bytecode } = await build("counting")
    await deploy(bus, bytecode)
    await until(() => counts(lines).length >= 8)
    await manager.device.reset()
    await until(() => phases.includes("lost"))
    lines.length = 0
    await until(() => counts(lines).length >= 3)
    expect(counts(lines)[0]).toBe(1)
    expect(lines.some(line => line.includes("self-device"))).toBe(true)
})

describe("the official client", () => {
    const said: string[] = []
    beforeEach(() => {
        said.length = 0
        const spy = vi
            .spyOn(console, "debug")
            .mockImplementation(text => void said.push(String(text)))
        closing.push(async () => spy.mockRestore())
    })
    test("deploys to the virtual board over a pty and reads its log", async () => {
        const { port } = later(await serve("live-timers"))
        const { path } = later(await pty(port))
        // It looks for ports by their USB vendor: that is all it is told about this one.
        class Listed extends SerialPort {
            static override list = () =>
                Promise.resolve([{ path, vendorId: "2e8a" }]) as ReturnType<typeof SerialPort.list>
        }
        const bus = new JDBus([createNodeWebSerialTransport(Listed)], { disableRoleManager: true })
        closing.push(() => bus.dispose())
        await bus.connect()
        await until(() => bus.services({ serviceClass: SRV_DEVICE_SCRIPT_MANAGER }).length > 0)
        const service = bus.services({ serviceClass: SRV_DEVICE_SCRIPT_MANAGER })[0]!
        const client = new DeviceScriptManagerClient(service)
        const { bytecode } = await build("counting")
        await client.deployBytecode(bytecode)
        const hash = service.register(DeviceScriptManagerReg.ProgramSha256)
        await hash.refresh()
        expect(Buffer.from(hash.data).toString("hex")).toBe(sha256(bytecode))
        await until(() => said.includes("DEV: > count 5"))
        expect(said.filter(text => /^DEV: > count/.test(text)).slice(0, 5)).toEqual(
            [1, 2, 3, 4, 5].map(count => `DEV: > count ${count}`),
        )
    })
})
