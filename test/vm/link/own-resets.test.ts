import { createHash } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { BoardLink } from "../../../host/link/board-link"
import { COMMAND } from "../../../host/link/debugger/debugger-format"
import { openBus } from "../../../host/link/jacdac/bus"
import { findServices, SERVICE_CLASS } from "../../../host/link/jacdac/find-services"
import { ServiceClient } from "../../../host/link/jacdac/service-client"
import { SeededRandom } from "../../../host/base/seeded-random"
import { readFacts } from "../../../host/link/deploy/board-facts"
import { deploy, type LeftWith } from "../../../host/link/deploy/deploy"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import type { VirtualBoardOptions } from "../../../host/simulator/served/virtual-board"
import { build } from "../harness"
import { enduringPty } from "./pty"
import { counts, record, serve, until } from "./rig"

/** A share of the counts in `npm test`, all in `npm run test:long`. */
const REDEPLOYS = Number(process.env.HEAPSCOPE_REDEPLOYS ?? 2)
const BROKEN_OFF = Number(process.env.HEAPSCOPE_BROKEN_OFF ?? 2)
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)

const OPENING_MS = 20_000

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})
function later<T extends { close(): Promise<void> }>(thing: T): T {
    closing.push(() => thing.close())
    return thing
}

const { configuration, features } = findBoard("pico")

/** A Pico with a program, at a serial port that comes back when it resets. */
async function pico(name: string, options: Partial<VirtualBoardOptions> = {}) {
    const { port } = later(await serve(name, { configuration, features, ...options }))
    const { path } = later(await enduringPty(port))
    return {
        /** Opens the port, until it is closed. */
        connect: async () => {
            const { link, seen } = await opened(path)
            return { link, seen, bus: later(await openBus(link)) }
        },
    }
}

/** Opens a port, which is not there while its board resets itself. */
async function opened(path: string) {
    const began = performance.now()
    for (;;) {
        const link = new BoardLink(new SerialStreamPort(path), { reconnect: true })
        const seen = record(link)
        try {
            await link.open()
            return { link: later(link), seen }
        } catch (error) {
            await link.close()
            if (performance.now() - began > OPENING_MS) throw error
            await sleep(20)
        }
    }
}

test("a program of other hardware: the board resets itself, and deploy finds it again", async () => {
    const { bus, seen } = await (await pico("counting")).connect()
    const { bytecode } = await build("board-services")
    const result = await deploy(bus, bytecode)
    expect(result).toMatchObject({ changed: true, running: true, reset: true })
    expect(seen.phases).toContain("lost")
    await until(() => seen.lines.includes("initialize button @ 64"))
    await until(() => seen.lines.includes("> servo 45"))
})

test("hardware that a board has already is no reason for another reset", async () => {
    const { bus, seen } = await (await pico("board-services")).connect()
    await until(() => seen.lines.includes("> servo 45"))
    seen.phases.length = 0
    const { bytecode } = await build("board-services")
    expect(await deploy(bus, bytecode)).toMatchObject({ changed: false, reset: false })
    expect(seen.phases).not.toContain("lost")
})

test("a board that somebody left halted is let go, and runs", async () => {
    const board = await pico("counting")
    const { link } = await board.connect()
    const services = (await findServices(link, SERVICE_CLASS.debugger))!
    const debug = new ServiceClient(link, services.get(SERVICE_CLASS.debugger)!)
    await debug.command(COMMAND.halt)
    await link.close()

    const { bus, seen } = await board.connect()
    const { bytecode } = await build("counting")
    const result = await deploy(bus, bytecode)
    expect(result).toMatchObject({ changed: false, running: true, released: true })
    await until(() => counts(seen.lines).length >= 3)
})

test("a program that dies at once is not said to run", async () => {
    const { bus } = await (await pico("counting")).connect()
    const { bytecode } = await build("die-overflow")
    expect(await deploy(bus, bytecode)).toMatchObject({ running: false, panic: 60_006 })
})

test("a board whose firmware does not take the program is left as it is", async () => {
    const { bus, seen } = await (await pico("counting", { runtimeVersion: "2.15.3" })).connect()
    const { bytecode } = await build("live-timers")
    await expect(deploy(bus, bytecode)).rejects.toThrow(
        /has DeviceScript 2\.15\.3, which does not take a program compiled for 2\.16\./,
    )
    await until(() => counts(seen.lines).length >= 3)
})

test("large programs, one after the other: the hash of one takes the board its time", async () => {
    const { bus } = await (await pico("counting")).connect()
    const { bytecode } = await build("live-timers")
    for (let round = 0; round < REDEPLOYS; round++) {
        const bytes = new Uint8Array(100 * 1024)
        bytes.set(bytecode)
        bytes[bytes.length - 1] = round
        expect(await deploy(bus, bytes)).toMatchObject({ changed: true, running: true })
    }
}, 240_000)

test("broken off at any moment, the board runs the old program, the new one or none, and says which", async () => {
    const board = await pico("counting")
    const random = new SeededRandom(SEED)
    const names = ["counting", "live-timers"]
    const [counting, timers] = await Promise.all(
        names.map(async name => {
            const bytes = new Uint8Array(40 * 1024)
            bytes.set((await build(name)).bytecode)
            return bytes
        }),
    )
    const ways: Record<string, number> = {}
    let has: Uint8Array = counting!
    for (let round = 0; round < BROKEN_OFF; round++) {
        const wanted = has === counting ? timers! : counting!
        const { link, bus, seen } = await board.connect()
        const interrupt = new AbortController()
        let left: LeftWith | undefined
        const broken = deploy(bus, wanted, {
            signal: interrupt.signal,
            onBrokenOff: what => (left = what),
        })
        const isKilled = round % 2 === 1
        const end = setTimeout(
            // Killed, it says nothing more to the board and tells nobody anything.
            () => (isKilled ? void link.close() : interrupt.abort(new Error("Ctrl-C"))),
            random.fraction() * 1500,
        )
        await broken.catch(() => undefined)
        clearTimeout(end)
        // It has been reset, or was left alone: then the next one must do.
        if (left) await until(() => seen.phases.includes("lost"))
        await bus.close()
        await link.close()

        const next = await board.connect()
        const patience = { timeoutMs: 10_000 }
        const services = (await findServices(next.link, SERVICE_CLASS.manager, patience))!
        const { sha256 } = await readFacts(next.link, services)
        const found = sha256 === hashOf(has) ? "old" : sha256 === hashOf(wanted) ? "new" : "no"
        if (left) expect({ round, left }).toEqual({ round, left: `${found} program` })
        const way = `${isKilled ? "killed" : "interrupted"}, ${found} program`
        ways[way] = (ways[way] ?? 0) + 1
        expect(await deploy(next.bus, wanted)).toMatchObject({ running: true })
        has = wanted
        await next.bus.close()
        await next.link.close()
    }
    if (BROKEN_OFF > 2) console.log(ways)
    expect(Object.values(ways).reduce((sum, count) => sum + count)).toBe(BROKEN_OFF)
}, 900_000)

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
