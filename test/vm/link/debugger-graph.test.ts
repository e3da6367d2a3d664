import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import type { GraphNode, HeapGraph } from "../../../host/heap/graph"
import { pathText } from "../../../host/heap/path-text"
import { Retention } from "../../../host/heap/retention"
import { BoardLink } from "../../../host/link/board-link"
import { Debugger } from "../../../host/link/debugger"
import { readDebuggerGraph } from "../../../host/link/debugger-graph"
import { TcpPort } from "../../../host/link/tcp-stream"
import { simulatedHeap } from "../../../host/vm/simulated-heap"
import { build } from "../harness"
import { record, serve } from "./rig"

const HEAP_BYTES = 65_536
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

async function connect(name: string) {
    const served = await serve(name)
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

test.each([
    ["the order station", "devs/station/main.ts"],
    ["its wasteful twin", "devs/station/wasteful.ts"],
    ["every kind of object", "live-objects"],
    ["fibers, classes and texts", "exact-busy"],
])("without the agent, the debugger leads to nearly all of %s", async (what, name) => {
    const program = await build(name)
    const { board, debug } = await connect(name)
    await sleep(1500)
    const simulated = simulatedHeap(program, HEAP_BYTES)
    let truth: HeapGraph | undefined
    const { graph, unread, commands } = await debug.whileHalted(async halted => {
        const found = await readDebuggerGraph(halted, {
            image: program.bytecode,
            names: program.debug,
            simulated,
        })
        truth = board.simulated.graph(program.debug)
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
    expect(reach).toBeGreaterThan(0.95)
    expect(reach).toBeLessThan(1.05)
    expect(found.size).toBeGreaterThan(10)
    expect(alike.length / found.size).toBeGreaterThan(0.97)
})
