import { afterEach, describe, expect, test } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { watchLink } from "../../../host/tasks/watch-port"
import type { MemoryEvent } from "../../../host/model/events"
import { play } from "../../../host/tasks/play"
import { BoardLink } from "../../../host/link/board-link"
import { Debugger } from "../../../host/link/debugger/debugger"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import type { VirtualBoardOptions } from "../../../host/simulator/served/virtual-board"
import { build } from "../harness"
import { countOf } from "../share"
import { listOf, serve, until } from "./rig"

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

/** Serves a program and watches it until the test ends. */
async function watch(
    name: string,
    options: {
        exactEveryMs?: number
        program?: string
        onEvent?: VirtualBoardOptions["onEvent"]
        runtimeVersion?: string
        heapBytes?: number
        /** As people have it. Default: false, for tests that take readings themselves. */
        looksFirst?: boolean
        /** How long it has been running before anybody watches, in milliseconds. Default: 0. */
        startedAgo?: number
    } = {},
) {
    const { looksFirst = false } = options
    const { onEvent, runtimeVersion, heapBytes } = options
    const served = await serve(name, {
        ...(heapBytes !== undefined && { heapBytes }),
        ...(onEvent && { onEvent }),
        ...(runtimeVersion !== undefined && { runtimeVersion }),
    })
    closing.push(served.close)
    const { startedAgo = 0 } = options
    await until(() => served.board.simulated.nowMs >= startedAgo)
    const port = new TcpPort("127.0.0.1", served.port)
    const link = new BoardLink(port, { reconnect: true, backoffMs: [20] })
    const { program, exactEveryMs } = options
    const source = watchLink(link, {
        board: findBoard("pico"),
        program: program === undefined ? undefined : await build(program),
        ...{ exactEveryMs, looksFirst },
    })
    const events: MemoryEvent[] = []
    const abort = new AbortController()
    const played = play(source, [listOf(events)], abort.signal)
    const stop = async () => {
        abort.abort()
        await played
    }
    closing.push(stop)
    const of = <K extends MemoryEvent["kind"]>(kind: K) =>
        events.filter((event): event is Extract<MemoryEvent, { kind: K }> => event.kind === kind)
    const told = (words: RegExp) => of("log").filter(({ text }) => words.test(text)).length
    await until(() => of("link").some(({ phase }) => phase === "open"))
    return { ...served, source, link, of, told, stop }
}

/** Connects once more, to see how the board is. */
async function debuggerOf(port: number): Promise<Debugger> {
    const link = new BoardLink(new TcpPort("127.0.0.1", port))
    closing.push(() => link.close())
    await link.open()
    return Debugger.find(link)
}

test("the key takes exact figures, which is told as an event; the firmware's lines are not", async () => {
    const { source, of, told, board } = await watch("exact-half-full", {
        program: "exact-half-full",
    })
    expect(source.capture!()).toMatch(/stands still/)
    expect(source.capture!()).toMatch(/being read/)
    await until(() => of("figures").length === 1)
    const { heap } = of("figures")[0]!
    const now = board.simulated.tracker.figures()
    expect(heap.capacityBytes).toBe(now.capacityBytes)
    expect(heap.usedBytes + heap.freeBytes).toBe(heap.capacityBytes)
    expect(Math.abs(heap.liveBytes - now.liveBytes)).toBeLessThan(500)
    await until(() => told(/exact figures: the program stood still for [\d.]+ m?s$/) === 1)
    expect(told(/^dbg:/)).toBe(0)
    await until(() => of("sample").length >= 2)
    expect(of("sample").every(({ estimate }) => estimate !== undefined)).toBe(true)
})

test("of a program that had been running: exactly at first, by itself and once, and estimates after that", async () => {
    let halts = 0
    const { of, told, board } = await watch("exact-half-full", {
        looksFirst: true,
        onEvent: event => {
            if (event.kind === "log" && event.text === "dbg: halt") halts++
        },
        startedAgo: 3000,
    })
    await until(() => of("figures").length === 1)
    expect(of("sample")).toEqual([])
    expect(told(/^heapscope: figures follow when the heap has been read exactly/)).toBe(1)
    const { usedBytes, capacityBytes } = of("figures")[0]!.heap
    expect(Math.abs(usedBytes - board.simulated.tracker.usedBytes)).toBeLessThan(4000)
    await until(() => of("sample").length >= 3)
    for (const { usedBytes: about, estimate } of of("sample"))
        expect(Math.abs(about - usedBytes)).toBeLessThan(capacityBytes / 4 + estimate!.errorBytes)
    expect(of("figures")).toHaveLength(1)
    expect(halts).toBe(1)
})

test("a heap that cannot be read: that is told once, and estimates for what they are", async () => {
    const { of, told } = await watch("exact-half-full", {
        ...{ looksFirst: true, startedAgo: 3000, runtimeVersion: "2.17.0" },
    })
    await until(() => of("sample").length >= 2)
    expect(told(/no exact figures: The board's firmware has DeviceScript 2\.17/)).toBe(1)
    expect(of("figures")).toEqual([])
    expect(of("sample")[0]!.estimate!.errorBytes).toBeGreaterThan(0.05 * 65_536)
})

test("every so often by itself", async () => {
    const { of } = await watch("exact-half-full", { exactEveryMs: 600 })
    await until(() => of("figures").length >= 3)
    const times = of("figures").map(({ atMs }) => atMs)
    expect(times[2]! - times[0]!).toBeGreaterThan(900)
})

test("without the agent: why there is no snapshot, once, and the board is left alone", async () => {
    let halts = 0
    const { source, of, told } = await watch("counting", {
        exactEveryMs: 400,
        onEvent: event => {
            if (event.kind === "log" && event.text === "dbg: halt") halts++
        },
    })
    await until(() => told(/^heapscope: no exact figures: The program has no agent/) === 1)
    await until(() => told(/^count/) > 20)
    expect(told(/no agent/)).toBe(1)
    expect(halts).toBe(1)
    // Who asks is told why, without another halt.
    expect(source.capture!()).toMatch(/^no exact figures: The program has no agent/)
    expect(of("figures")).toEqual([])
})

test("another program than the one given", async () => {
    const { source, told } = await watch("exact-half-full", { program: "counting" })
    // At once, without being asked.
    await until(() => told(/^heapscope: The board runs another program than .*counting/) === 1)
    source.capture!()
    await until(() => told(/^heapscope: no exact figures: The board runs another/) === 1)
    expect(source.capture!()).toMatch(/^no exact figures: The board runs another/)
})

test("another version of DeviceScript: at once, and nothing exact is told of it", async () => {
    const { source, of, told } = await watch("exact-half-full", { runtimeVersion: "2.17.0" })
    await until(() => told(/^heapscope: The board's firmware has DeviceScript 2\.17\.0/) === 1)
    source.capture!()
    await until(() => told(/no exact figures: The board's firmware has DeviceScript 2\.17/) === 1)
    expect(of("figures")).toEqual([])
})

/** Links that break. */
const CYCLES = countOf(5, 10)

describe("a board left halted", () => {
    test("by somebody whose link broke is let go when it is watched, and told of", async () => {
        const served = await serve("counting")
        closing.push(served.close)
        const link = new BoardLink(new TcpPort("127.0.0.1", served.port))
        const debug = await link.open().then(() => Debugger.find(link))
        const broken = debug.whileHalted(async () => {
            served.server.hangUp()
            await until(() => link.state.phase === "lost")
        })
        await expect(broken).rejects.toThrow()
        await link.close()

        const other = new BoardLink(new TcpPort("127.0.0.1", served.port))
        const events: MemoryEvent[] = []
        const source = watchLink(other, { board: findBoard("pico"), program: undefined })
        const abort = new AbortController()
        const played = play(source, [listOf(events)], abort.signal)
        const has = (words: RegExp) =>
            events.filter(event => event.kind === "log" && words.test(event.text)).length
        await until(() => has(/had been left halted/) === 1)
        const before = has(/^count/)
        await until(() => has(/^count/) > before + 2)
        abort.abort()
        await played
    })

    test("by the watch itself, whose link breaks in the middle of a snapshot, again and again", async () => {
        const { source, of, told, server, link } = await watch("exact-half-full")
        const opened = () => of("link").filter(({ phase }) => phase === "open").length
        for (let cycle = 1; cycle <= CYCLES; cycle++) {
            source.capture!()
            await new Promise(done => setTimeout(done, (150 / CYCLES) * cycle))
            server.hangUp()
            await until(() => opened() === cycle + 1 && link.state.phase === "open")
        }
        const turns = told(/^turn/)
        await until(() => told(/^turn/) > turns + 1, 15_000)
        await until(() => source.capture!().includes("stands still"))
        const before = of("figures").length
        await until(() => of("figures").length > before)
    })

    test("not by a watch that is quit in the middle of a snapshot", async () => {
        const { source, port, stop } = await watch("exact-half-full")
        source.capture!()
        await new Promise(done => setTimeout(done, 60))
        await stop()
        const debug = await debuggerOf(port)
        expect(await debug.state()).toEqual({ enabled: false, suspended: false })
    })
})

/** Turns of a program, a few a second. */
const TURNS = countOf(16, 40)

test("what the program does is the same with snapshots as without, allocation by allocation", async () => {
    const steps = async (exactEveryMs: number | undefined) => {
        const done: unknown[] = []
        const { of, stop } = await watch("exact-steady", {
            ...(exactEveryMs !== undefined && { exactEveryMs }),
            onEvent: (event, { tracker }) => {
                if (event.kind !== "log" || !event.text.startsWith("turn")) return
                done.push([event.text, tracker.gcFigures(), tracker.usedBytes, tracker.liveBytes()])
            },
        })
        await until(() => done.length >= TURNS, 20_000)
        await stop()
        return { done: done.slice(0, TURNS), snapshots: of("figures").length }
    }
    const [without, looked] = await Promise.all([steps(undefined), steps(250)])
    expect(without.snapshots).toBe(0)
    expect(looked.snapshots).toBeGreaterThanOrEqual(TURNS / 8)
    expect(looked.done).toEqual(without.done)
})

test("an exact reading tells how large the heap is, and estimates keep to that", async () => {
    const { source, of, told } = await watch("exact-half-full", { heapBytes: 40_960 })
    source.capture!()
    await until(() => of("figures").length === 1)
    expect(told(/no exact figures/)).toBe(0)
    const { heap } = of("figures")[0]!
    const before = of("sample").length
    await until(() => of("sample").length >= before + 2)
    const { usedBytes, largestFreeBytes } = of("sample").at(-1)!
    expect(heap.capacityBytes).toBeLessThan(40_960)
    expect(usedBytes + largestFreeBytes).toBeLessThanOrEqual(heap.capacityBytes)
})
