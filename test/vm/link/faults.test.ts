import { afterEach, expect, test, vi } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { BoardLink } from "../../../host/link/board-link"
import { deploy, findManager } from "../../../host/link/deploy/deploy"
import { MANAGER } from "../../../host/link/deploy/board-facts"
import { addressOf, openBus } from "../../../host/link/jacdac/bus"
import { ServiceClient } from "../../../host/link/jacdac/service-client"
import { SerialStreamPort } from "../../../host/link/node/serial-stream"
import type { MemoryEvent } from "../../../host/model/events"
import type { VirtualBoardOptions } from "../../../host/simulator/served/virtual-board"
import { play } from "../../../host/tasks/play"
import { snapshotOfBoard } from "../../../host/tasks/snapshot-of-board"
import { watchLink } from "../../../host/tasks/watch-port"
import { build } from "../harness"
import { withAgent } from "../with-agent"
import { enduringPty } from "./pty"
import { comesBack, listOf, serve, until } from "./rig"

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})
function later<T extends { close(): Promise<void> }>(thing: T): T {
    closing.push(() => thing.close())
    return thing
}

/** A Pico at a serial port that comes back when it resets. */
async function pico(name: string, options: Partial<VirtualBoardOptions> = {}) {
    const { board, port } = later(await serve(name, options))
    const { path } = later(await enduringPty(port))
    const snapshot = (link: BoardLink) =>
        snapshotOfBoard(link, { board: findBoard("pico"), program: undefined })
    const newLink = () =>
        later(
            new BoardLink(new SerialStreamPort(path), {
                ...{ reconnect: true, backoffMs: [50] },
                // A board whose firmware has failed stands still for longer than one that only resets.
                answerMs: 30_000,
            }),
        )
    return { board, newLink, snapshot }
}

/** Watches a board until the test ends. */
function watch(link: BoardLink) {
    const events: MemoryEvent[] = []
    const abort = new AbortController()
    const source = watchLink(link, { board: findBoard("pico"), program: undefined })
    const played = play(source, [listOf(events)], abort.signal)
    closing.push(async () => {
        abort.abort()
        await played
    })
    const phases = () => events.flatMap(event => (event.kind === "link" ? [event.phase] : []))
    const lines = () => events.flatMap(event => (event.kind === "log" ? [event.text] : []))
    const asked = () => events.some(({ kind }) => kind === "program")
    return { phases, lines, asked, has: (words: RegExp) => lines().some(text => words.test(text)) }
}

test("firmware that fails: the watch goes on when the board is back, and says that it was reset", async () => {
    const { board, newLink } = await pico("counting", { faultMs: 300 })
    const { phases, lines, has, asked } = watch(newLink())
    await until(() => has(/^count 2$/))
    await until(() => phases().includes("open"))
    // It has been asked how long it is up.
    await until(() => asked())
    board.fail()
    await until(() => has(/^heapscope: the board was reset .* ago, and has begun anew$/))
    expect(phases()).toContain("lost")
    const again = lines().length
    await until(() => lines().slice(again).includes("count 1") || has(/^count 4$/))
})

test("a board that is deaf while it boots is waited for, by a deployment and a snapshot", async () => {
    const { newLink } = await pico("counting", { bootMs: 1500 })
    const link = newLink()
    await link.open()
    const bus = later(await openBus(link))
    const { bytecode } = await build(withAgent("station/main"))
    expect(await deploy(bus, bytecode)).toMatchObject({ changed: true, running: true })
    const other = newLink()
    await link.close()
    await other.open()
    const { snapshot } = await snapshotOfBoard(other, {
        board: findBoard("pico"),
        program: undefined,
    })
    expect(snapshot.heap?.liveBytes).toBeGreaterThan(1000)
}, 60_000)

test("firmware that fails in the middle of a deployment: what to do is said, and the next one does it", async () => {
    const { board, newLink } = await pico("counting")
    const link = newLink()
    await link.open()
    const bus = later(await openBus(link))
    const { bytecode } = await build(withAgent("station/main"))
    const broken = deploy(bus, bytecode, { onProgress: part => part > 0.3 && board.fail() })
    await expect(broken).rejects.toThrow(/stopped answering|deploy (?:once more|it again)/)
    await link.close()
    const next = newLink()
    await next.open()
    expect((await deploy(later(await openBus(next)), bytecode)).running).toBe(true)
})

test("a board without a program that is told to start one hangs, and a deployment says what helps", async () => {
    const { board, newLink } = await pico("counting")
    const link = newLink()
    await link.open()
    const bus = later(await openBus(link))
    await comesBack(link, () => board.erase())
    const client = new ServiceClient(link, addressOf(await findManager(bus)))
    await client.write(MANAGER.autostart, Uint8Array.of(1)).catch(() => undefined)
    client.close()
    const { bytecode } = await build("counting")
    await expect(deploy(bus, bytecode)).rejects.toThrow(
        /reset the board and try again|connect it again/,
    )
    await comesBack(link, () => board.resetByHand())
    expect((await deploy(later(await openBus(link)), bytecode)).running).toBe(true)
})

test("a snapshot while the board boots waits for the program", async () => {
    const { board, newLink, snapshot } = await pico("exact-half-full", { speed: 0.4 })
    const link = newLink()
    await link.open()
    await comesBack(link, () => board.resetByHand())
    // It starts its program 1.1 s of its own time after that.
    const { heap, taken } = (await snapshot(link)).snapshot
    expect(heap.reach).toBeUndefined()
    expect(heap.liveBytes).toBeGreaterThan(5000)
    expect(taken.atMs).toBeGreaterThan(1100)
})

test("firmware that fails in the middle of a snapshot: that is said, and the next one is taken", async () => {
    const { board, newLink, snapshot } = await pico("exact-half-full", {
        faultMs: 300,
        onEvent: event => {
            if (event.kind === "log" && event.text === "dbg: halt" && failures-- > 0) board.fail()
        },
    })
    let failures = 1
    const link = newLink()
    await link.open()
    await expect(snapshot(link)).rejects.toMatchObject({ code: /^E_(LINK_LOST|NO_ANSWER)$/ })
    await link.close()
    // While the firmware starts anew, its port is away.
    const next = await vi.waitFor(
        async () => {
            const again = newLink()
            await again.open()
            return again
        },
        { timeout: 30_000, interval: 50 },
    )
    expect((await snapshot(next)).snapshot.heap.reach).toBeUndefined()
})

test("a snapshot of a board whose program does not run, or that has none, says so at once", async () => {
    const { board, newLink, snapshot } = await pico("counting")
    const link = newLink()
    await link.open()
    const bus = later(await openBus(link))
    const client = new ServiceClient(link, addressOf(await findManager(bus)))
    await client.write(MANAGER.autostart, Uint8Array.of(0))
    await client.write(MANAGER.running, Uint8Array.of(0))
    client.close()
    await expect(snapshot(link)).rejects.toThrow(/is stopped, and nothing will start it/)
    await comesBack(link, () => board.erase())
    await expect(snapshot(link)).rejects.toThrow(/^The board has no program/)
})
