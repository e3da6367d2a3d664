import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, describe, expect, test } from "vitest"
import type { Board } from "../../../host/boards/board"
import { findBoard, listBoards } from "../../../host/boards/node/find-board"
import type { GraphNode, HeapGraph } from "../../../host/model/graph/graph"
import { pathText } from "../../../host/model/graph/path-text"
import { Retention } from "../../../host/model/graph/retention"
import { BoardLink } from "../../../host/link/board-link"
import { Debugger } from "../../../host/link/debugger/debugger"
import { readDebuggerGraph, type DebuggerGraph } from "../../../host/link/reach/debugger-graph"
import type { ReadLimits } from "../../../host/link/debugger/limited-program"
import { TcpPort } from "../../../host/link/node/tcp-stream"
import { loadVm } from "../../../host/simulator/node/load-vm"
import { simulatedHeap } from "../../../host/simulator/simulated-heap"
import { build } from "../harness"
import { counts, record, serve, until } from "./rig"

/** `npm run test:long -- exact`: the station on every board, not on one. */
const BOARDS = process.env.HEAPSCOPE_BOARDS === "all" ? listBoards() : []
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

async function connect(name: string, speed = 1, board = findBoard("pico")) {
    const { heapBytes, configuration, features } = board
    const served = await serve(name, { speed, heapBytes, configuration, features })
    closing.push(served.close)
    const link = new BoardLink(new TcpPort("127.0.0.1", served.port))
    closing.push(() => link.close())
    const seen = record(link)
    await link.open()
    return { ...served, ...seen, debug: await Debugger.find(link) }
}

/** Objects by address, with their paths. */
function byAddress(graph: HeapGraph) {
    const retention = new Retention(graph)
    const objects = graph.nodes.filter(({ kind, address }) => kind === "block" && address !== 0)
    const describe = (node: GraphNode) => ({
        className: node.className,
        path: pathText(retention.pathTo(node)),
    })
    return new Map(objects.map(node => [node.address, describe(node)]))
}

test.each<[what: string, name: string, speed: number, on: Board]>([
    ["the order station", "devs/station/main.ts", 10, findBoard("pico")],
    ["its wasteful twin", "devs/station/wasteful.ts", 10, findBoard("pico")],
    ["every kind of object", "live-objects", 10, findBoard("esp32s2_bare")],
    ["fibers, classes and texts", "exact-busy", 1, findBoard("pico")],
    ["what has pins in use", "pins-in-use", 10, findBoard("pico")],
    ...BOARDS.flatMap(board =>
        ["devs/station/main.ts", "devs/station/wasteful.ts"].map(
            (name): [string, string, number, Board] => [`${name} on ${board.id}`, name, 10, board],
        ),
    ),
])("without the agent, the debugger leads to nearly all of %s", async (what, name, speed, on) => {
    const program = await build(name)
    const simulated = await simulatedHeap(loadVm(), program, on)
    const { board, debug } = await connect(name, speed, on)
    // The twin holds more and more: 20 s of its time.
    await sleep(2000)
    let truth: HeapGraph | undefined
    const { graph, unread, commands } = await debug.whileHalted(async halted => {
        const { allocations } = board.simulated.tracker
        const found = await readDebuggerGraph(halted, {
            image: program.bytecode,
            names: program.debug,
            simulated,
            // Others are at work on this machine, too.
            maxMs: 10_000,
        })
        truth = board.simulated.graph(program.debug)
        expect(board.simulated.tracker.allocations - allocations).toBe(0)
        return found
    })
    expect(unread).toBe(0)
    const reach = graph.liveBytes / truth!.liveBytes
    const real = byAddress(truth!)
    const found = byAddress(graph)
    const alike = [...found].filter(([address, { className, path }]) => {
        const other = real.get(address)
        return other?.className === className && other.path === path
    })
    console.log(
        `${what}: ${graph.liveBytes} of ${truth!.liveBytes} B, ${alike.length} of ${found.size} objects as they are, ${commands} commands`,
    )
    expect(reach).toBeGreaterThanOrEqual(0.97)
    expect(reach).toBeLessThan(1.03)
    expect(found.size).toBeGreaterThan(10)
    expect(alike.length / found.size).toBeGreaterThan(0.97)
})

test("the program goes on as if nobody had looked", async () => {
    const { debug, lines } = await connect("counting")
    await until(() => counts(lines).length >= 3)
    for (let i = 0; i < 3; i++) {
        const { graph } = await debug.whileHalted(program => readDebuggerGraph(program))
        expect(graph.liveBytes).toBeGreaterThan(100)
        expect(await debug.state()).toEqual({ enabled: false, suspended: false })
        const before = counts(lines).length
        await until(() => counts(lines).length >= before + 2)
    }
    expect(counts(lines)).toEqual(counts(lines).map((_, i) => i + 1))
    const first = lines.findIndex(line => line.startsWith("> count"))
    // What the program prints, and what the runtime says of it, start with a sign.
    const told = lines.slice(first).filter(line => /^[>!*?] /.test(line))
    expect(told.filter(line => !/^> count \d+$/.test(line))).toEqual([])
})

test("of a program that never asked a text for anything, texts get their table, once", async () => {
    const { board, debug, lines } = await connect("no-text-methods")
    await until(() => lines.some(line => line.startsWith("> turn")))
    const tables = () => board.simulated.blocks().filter(({ type }) => type === "half-static-map")
    for (const made of [1, 0])
        await debug.whileHalted(async halted => {
            const { allocations } = board.simulated.tracker
            const before = tables()
            await readDebuggerGraph(halted)
            expect(board.simulated.tracker.allocations - allocations).toBe(made)
            expect(tables().length - before.length).toBe(made)
            if (made) expect(tables().at(-1)!.bytes).toBe(16)
        })
})

describe("a look that comes to an end before its time", () => {
    const look = async (limits: ReadLimits, end?: AbortController) => {
        const { debug } = await connect("exact-half-full")
        const reading = debug.whileHalted(program => {
            end?.abort(new Error("interrupted"))
            return readDebuggerGraph(program, limits)
        }, end)
        const result = await reading.catch((error: Error) => error)
        expect(await debug.state()).toEqual({ enabled: false, suspended: false })
        return result
    }

    test("for a limit says how many objects are missing", async () => {
        const { graph, unread, commands } = (await look({ maxCommands: 20 })) as DebuggerGraph
        expect(commands).toBe(20)
        expect(unread).toBeGreaterThan(10)
        expect(graph.liveBytes).toBeGreaterThan(0)
        const late = (await look({ maxMs: -1 })) as DebuggerGraph
        expect(late).toMatchObject({ commands: 0, unread: 2 })
    })

    test("because nobody wants it any more lets the program go on", async () => {
        expect(await look({}, new AbortController())).toMatchObject({ message: "interrupted" })
    })
})
