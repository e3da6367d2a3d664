import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { GraphNode, GraphOutline, HeapGraph } from "../../host/model/graph/graph"
import type { HeapMemory } from "../../host/model/heap/heap-memory"
import { CTX } from "../../host/model/heap/layout"
import { HeapMarker } from "../../host/model/heap/marker"
import { Retention } from "../../host/model/graph/retention"
import { pathPattern, pathText } from "../../host/model/graph/path-text"
import { listLessons, taughtProgram } from "../../host/tasks/lesson/catalogue"
import { BUILTIN_OBJECTS, BUILTIN_STRINGS } from "../../host/model/program/builtin-names"
import { ProgramImage } from "../../host/model/program/program-image"
import { findCli } from "../../host/compiler/node/cli-package"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { expectOutline } from "../host/model/graph/outline"
import { build, powerOn, vm } from "./harness"
import { moments, shareOf } from "./share"

const KIB = 1024
const STATION = ["devs/station/main.ts", "devs/station/wasteful.ts"]
const PROGRAMS = ["live-sawtooth", "live-fibers", "live-objects", "live-timers", "die-closures"]
/** Those that do their work by themselves. */
const LESSONS = listLessons()
    .filter(({ scenario }) => scenario === undefined)
    .flatMap(lesson => [lesson.programs.wasteful, taughtProgram(lesson)])

describe("the graph accounts for every byte, at any moment:", () => {
    test.each([...STATION, ...PROGRAMS, ...shareOf(LESSONS, 6)])("%s", async name => {
        const { board, program } = await powerOn(name, 64 * KIB)
        let samples = 0
        let kept: { graph: HeapGraph; outline: () => GraphOutline } | undefined
        for (const at of moments(100, 10_000, 8)) {
            board.runUntil(at)
            if (board.death) break
            const look = board.look()
            const { usedBytes, liveBytes } = board.sample()
            const graph = board.graph(program.debug)!
            const garbage = graph.garbage.reduce((sum, { bytes }) => sum + bytes, 0)
            const shallow = graph.nodes.reduce((sum, { bytes }) => sum + bytes, 0)
            expect(shallow, `live at ${at} ms`).toBe(liveBytes)
            expect(shallow + garbage, `used at ${at} ms`).toBe(usedBytes)
            expect(graph.liveBytes).toBe(liveBytes)
            expect(graph.usedBytes).toBe(usedBytes)
            expect(look.liveBytes).toBe(liveBytes)
            const outline = () => look.outline!(program.debug)
            if (samples % 5 === 0) expectOutline(outline(), graph)
            if (samples++ === 5) kept = { graph, outline }
            if (board.isFinished()) break
        }
        expect(samples).toBeGreaterThan(0)
        // Built when all this has happened, it is the outline of its own moment.
        if (kept) expectOutline(kept.outline(), kept.graph)
    })
})

/** A board stopped at a time, with its graph and what keeps what. */
async function stopAt(name: string, atMs: number) {
    const { board, program } = await powerOn(name, 64 * KIB)
    board.runUntil(atMs)
    const graph = board.graph(program.debug)!
    return { board, program, graph, retention: new Retention(graph) }
}

/** A graph with a copy of the memory it is of. */
interface Copy {
    graph: HeapGraph
    heap: HeapMemory
    ctx: number
}

function copyOf({ tracker }: SimulatedBoard, graph: HeapGraph): Copy {
    const heap = { ...tracker.heap!, words: tracker.heap!.words.slice() }
    return { graph, heap, ctx: tracker.context() }
}

/** Removes each object of a heap and marks again. @returns how many */
function checkRetained({ graph, heap, ctx }: Copy): number {
    const retention = new Retention(graph)
    const { words } = heap
    const marker = new HeapMarker(heap)
    const live = marker.mark(ctx)
    expect(live).toBe(graph.liveBytes)
    /** What is lost when one word of the memory is another for a moment. */
    const lost = (address: number, change: (word: number) => number): number => {
        const before = words[address >>> 2]!
        words[address >>> 2] = change(before)
        const left = marker.mark(ctx)
        words[address >>> 2] = before
        return live - left
    }
    let checked = 0
    const check = (node: GraphNode, bytes: number) => {
        expect(bytes, `${node.name} at ${pathText(retention.pathTo(node))}`).toBe(
            retention.retainedBy(node),
        )
        checked++
    }
    for (const node of graph.nodes) {
        // The collector passes by a free block; it finds fibers, roles and tables without a reference.
        if (node.kind === "block" && !(node.isRuntime && node.type === "bytes"))
            check(
                node,
                lost(node.address, header => 0x01000000 | (header & 0xffffff)),
            )
        if (node.kind === "global") {
            const index = globalIndex(graph.nodes, node, words, ctx)
            check(
                node,
                lost(words[(ctx + CTX.globals) >>> 2]! + 8 * index + 4, () => 0xffffffff),
            )
        }
    }
    return checked
}

describe("retained sizes are what marking no longer finds without the object:", () => {
    const REAL = [...STATION, ...PROGRAMS, "graph-names", ...LESSONS.slice(0, 8)]
    test.each(REAL)("%s", async name => {
        const { board, graph } = await stopAt(name, 3_000)
        expect(checkRetained(copyOf(board, graph))).toBeGreaterThan(5)
    })

    test.each(["die-leak", "die-strings", "die-map", "die-growth", "die-exception"])(
        "%s, as it dies, with what the VM has in its hands",
        async name => {
            const program = await build(name)
            let copy: Copy | undefined
            const board: SimulatedBoard = new SimulatedBoard(vm, {
                heapBytes: 16 * KIB,
                seed: 1,
                onEvent: (event, board) => {
                    if (event.kind === "panic") copy = copyOf(board, board.graph(program.debug)!)
                },
            })
            board.load(program.bytecode)
            board.runUntil(600_000)
            expect(checkRetained(copy!)).toBeGreaterThan(5)
        },
    )
})

/** Which of the program's variables refers to the block a global's node refers to; the how many-th of them. */
function globalIndex(nodes: GraphNode[], node: GraphNode, words: Uint32Array, ctx: number): number {
    const globals = words[(ctx + CTX.globals) >>> 2]! >>> 2
    const held = nodes[node.edges[0]!.to]!.address
    const same = nodes.filter(
        ({ kind, edges }) => kind === "global" && nodes[edges[0]!.to]!.address === held,
    )
    let left = same.indexOf(node)
    for (let i = 0; i < 256; i++) {
        const isPointer = (words[globals + 2 * i + 1]! & 0x7ff00008) === 8
        if (isPointer && words[globals + 2 * i] === held && left-- === 0) return i
    }
    throw new Error(`no variable refers to what ${node.name} refers to`)
}

describe("names:", () => {
    const named = async () => {
        const { graph, retention } = await stopAt("graph-names", 1_000)
        const seen = graph.nodes.map(node => {
            const path = retention.pathTo(node)
            return { node, path: pathText(path), pattern: pathPattern(path) }
        })
        return {
            at: (path: string) => seen.find(one => one.path === path && one.node.kind === "block")!,
            seen,
        }
    }

    test.each([
        ["dog", "Dog", "dog"],
        ["dog.puppies", "Array", "dog.puppies"],
        ["dog.puppies[0]", "Dog", "dog.puppies[]"],
        ["counters[1]", "frame of counter", "counters[]"],
        ["counters[1] → label", "string", "counters[] → label"],
        ["order", "{id, cents, takeout, note}", "order"],
        ["cache", "dictionary", "cache"],
        ["cache.key2", "{value}", "cache[key]"],
        [`cache[key "key2"]`, "string", "cache[keys]"],
        ["first.next.next.next", "Link", "first.next…"],
        ["bytes", "Buffer", "bytes"],
        ["failure", "RangeError", "failure"],
        ["failure.message", "string", "failure.message"],
        ["Dog.prototype", "class prototype", "Dog.prototype"],
        ["Array.prototype", "built-in object", "Array.prototype"],
        ["fiber timeoutWorker", "fiber", "fiber timeoutWorker"],
    ])("%s is %s", async (path, className, pattern) => {
        const { at } = await named()
        expect(at(path)?.node.className).toBe(className)
        expect(at(path)?.pattern).toBe(pattern)
    })

    test("contents are there, whatever their encoding", async () => {
        const { at } = await named()
        expect(at("umlaut").node.text).toBe("Käse1")
        expect(at("long").node.text).toBe("sixteen letters ".repeat(5))
        expect(at("failure.message").node.text).toBe("out of 1")
        expect([...at("bytes").node.data!]).toEqual([1, 2, 254, 255])
    })

    test("what is no block is told by its kind and value", async () => {
        const { at } = await named()
        expect(at("order").node.scalars).toEqual([
            { name: "id", kind: "number", value: 1 },
            { name: "cents", kind: "number", value: 250 },
            { name: "takeout", kind: "boolean", value: true },
            { name: "note", kind: "string", value: "no onions" },
        ])
        expect(at("plain").node.scalars?.map(({ kind }) => kind)).toEqual([
            "number",
            "string",
            "undefined",
            "boolean",
        ])
    })

    test("a method taken off its object keeps the object", async () => {
        const { seen } = await named()
        const call = seen.find(({ node }) => node.kind === "global" && node.name === "call")!.node
        const dog = seen.find(({ node }) => node.kind === "global" && node.name === "dog")!.node
        expect(call.edges[0]).toMatchObject({ to: dog.edges[0]!.to, functionName: "call" })
    })
})

test("built-in names are the compiler's own", () => {
    const bundle = readFileSync(findCli().bundle, "utf8")
    const list = (name: string) => {
        const start = bundle.indexOf(`var ${name} = [`)
        const text = bundle.slice(bundle.indexOf("[", start), bundle.indexOf("];", start) + 1)
        return JSON.parse(text.replace(/,\s*\]$/, "]")) as string[]
    }
    expect(BUILTIN_STRINGS).toEqual(list("BUILTIN_STRING__VAL"))
    expect(BUILTIN_OBJECTS).toEqual(list("BUILTIN_OBJECT__VAL"))
})

test("functions are named alike by the image and by the debug information", async () => {
    const { bytecode, debug } = await build("devs/station/main.ts")
    const image = new ProgramImage(bytecode)
    debug!.functions.forEach(({ name }, i) => expect(image.functionName(i)).toBe(name))
    expect(image.functionName(debug!.functions.length)).toBeUndefined()
})

describe("a look from the middle of a function, at every line it logs, accounts for every byte:", () => {
    test.each([...STATION, ...shareOf(LESSONS, 6)])("%s", async name => {
        const program = await build(name)
        let looks = 0
        const board = new SimulatedBoard(vm, {
            heapBytes: 40 * KIB,
            seed: 1,
            onEvent: (event, board) => {
                if (event.kind !== "log" || event.level === "runtime") return
                const graph = board.graph(program.debug)!
                expect(graph.usedBytes).toBe(board.tracker.usedBytes)
                expect(graph.liveBytes).toBe(board.tracker.liveBytes())
                looks++
            },
        })
        board.load(program.bytecode)
        board.runUntil(20_000)
        expect(looks).toBeGreaterThan(0)
    })
})
