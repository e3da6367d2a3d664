import { toHex } from "../../base/hex"
import type { StackFrame } from "../../model/figures"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import type { HeapBlock } from "../../model/heap/block"
import { pathText } from "../../model/graph/path-text"
import { structuresIn } from "../outcome/structures-in-use"
import { Retention } from "../../model/graph/retention"
import {
    SNAPSHOT_SCHEMA,
    type ExactHeapFigures,
    type Snapshot,
    type SnapshotBlock,
    type SnapshotNode,
} from "../../documents/snapshot"

/** What a snapshot is made from, all of one moment. */
export interface SnapshotSource {
    program: Snapshot["program"]
    board: Snapshot["board"]
    /** Of the DeviceScript runtime. */
    vmVersion: string
    /** Of the run; a real board has none. */
    seed?: number
    taken: Snapshot["taken"]
    graph: HeapGraph
    /** Every block, each with whether it is live; or how much of what the debugger can reach is missing. */
    blocks: readonly HeapBlock[] | { unread: number }
    /** The source line of a global program counter. */
    locate: (pc: number) => StackFrame | undefined
}

/** Writes down what is on a heap, everything about it that can be told. */
export function makeSnapshot(source: SnapshotSource): Snapshot {
    const { graph, blocks } = source
    const places = new Places(source.locate)
    const retention = new Retention(graph)
    const structures = structuresIn(graph)
    const nodes = graph.nodes.map(node => describe(node, retention, places))
    return {
        schema: SNAPSHOT_SCHEMA,
        program: source.program,
        board: source.board,
        vm: { version: source.vmVersion },
        ...(source.seed !== undefined && { seed: source.seed }),
        taken: source.taken,
        heap:
            "unread" in blocks
                ? { reach: "debugger", ...liveFigures(graph), unread: blocks.unread }
                : exactFigures(graph, blocks),
        ...(structures.length > 0 && { structures }),
        places: places.list,
        nodes,
        blocks: "unread" in blocks ? [] : blocks.map(describeBlock),
    }
}

function liveFigures({ nodes, liveBytes }: HeapGraph) {
    const runtimeBytes = sum(nodes.filter(one => one.isRuntime).map(({ bytes }) => bytes))
    return { liveBytes, runtimeBytes }
}

function exactFigures(graph: HeapGraph, blocks: readonly HeapBlock[]): ExactHeapFigures {
    const free = blocks.filter(({ type }) => type === "free").map(({ bytes }) => bytes)
    const last = blocks.at(-1)
    return {
        capacityBytes: last ? last.address + last.bytes - blocks[0]!.address : 0,
        usedBytes: graph.usedBytes,
        ...liveFigures(graph),
        garbageBytes: graph.usedBytes - graph.liveBytes,
        freeBytes: sum(free),
        largestFreeBytes: Math.max(0, ...free),
        garbageByType: byType(graph.garbage),
    }
}

function describe(node: GraphNode, retention: Retention, places: Places): SnapshotNode {
    const { data, scalars, allocation, text, length, capacity } = node
    const allocatedAt = places.indexOf(node.pc)
    const grownAt = places.indexOf(node.storagePc)
    return {
        id: node.id,
        kind: node.kind,
        ...(node.type && { type: node.type }),
        address: node.address,
        bytes: node.bytes,
        ...(node.storage && { storage: node.storage }),
        class: node.className,
        name: node.name,
        ...(node.isRuntime && { runtime: true as const }),
        retainedBytes: retention.retainedBy(node),
        path: pathText(retention.pathTo(node)),
        ...(text !== undefined && { text }),
        ...(data && { hex: toHex(data) }),
        ...(length !== undefined && { length }),
        ...(capacity !== undefined && { capacity }),
        ...(scalars && {
            scalars: scalars.map(({ name, kind }): [string, string] => [name, kind]),
        }),
        ...(allocation !== undefined && { allocation }),
        ...(allocatedAt !== undefined && { allocatedAt }),
        ...(grownAt !== undefined && { grownAt }),
        edges: node.edges.map(({ functionName, ...edge }) => ({
            ...edge,
            ...(functionName !== undefined && { function: functionName }),
        })),
    }
}

function describeBlock({ address, bytes, type, pinned, live }: HeapBlock): SnapshotBlock {
    const state = type === "free" ? "free" : pinned ? "pinned" : live ? "live" : "garbage"
    return [address, bytes, type, state]
}

/** Lines of the program, each once. */
class Places {
    readonly list: StackFrame[] = []
    private readonly known = new Map<number, number | undefined>()

    constructor(private readonly locate: (pc: number) => StackFrame | undefined) {}

    /** Index of the line of a program counter; undefined for none, which is the runtime's own. */
    indexOf(pc: number | undefined): number | undefined {
        if (!pc) return undefined
        if (!this.known.has(pc)) {
            const frame = this.locate(pc)
            this.known.set(pc, frame && this.list.push(frame) - 1)
        }
        return this.known.get(pc)
    }
}

function byType(blocks: readonly HeapBlock[]): Record<string, { blocks: number; bytes: number }> {
    const sums: Record<string, { blocks: number; bytes: number }> = {}
    for (const { type, bytes } of blocks) {
        const entry = (sums[type] ??= { blocks: 0, bytes: 0 })
        entry.blocks++
        entry.bytes += bytes
    }
    return sums
}

function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0)
}
