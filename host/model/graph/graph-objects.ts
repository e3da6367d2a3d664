import { ACTIVATION, ARRAY, BOUND_FUNCTION, BUFFER, GIMAGE, MAP, PACKET } from "../heap/layout"
import type { GraphBuilder } from "./graph-builder"
import type { GraphNode } from "./graph"
import { hex, HeapError } from "../heap/heap-memory"

/** Bytes of a buffer that a node shows. */
const MAX_DATA = 64

/** Adds what an object holds, by its kind (`scan_gc_obj` in `gc_alloc.c`). */
export function scanObject(graph: GraphBuilder, node: GraphNode): void {
    const { reader } = graph
    const { address } = node
    switch (node.type) {
        case "map":
        case "half-static-map":
            return scanMap(graph, node)
        case "short-map":
            return scanShortMap(graph, node)
        case "array":
            return scanArray(graph, node)
        case "buffer": {
            node.length = reader.bufferLength(address, node.bytes)
            if (graph.hasContents) {
                const shown = Math.min(node.length, MAX_DATA)
                node.data = reader.bytes(address + BUFFER.data, shown)
            }
            graph.link(node, "internal", "attached", reader.word(address + BUFFER.attached))
            return
        }
        case "string":
        case "string-jmp":
            return scanString(graph, node)
        case "activation":
            return scanFrame(graph, node)
        case "bound-function":
            graph.linkValue(node, "internal", "this", address + BOUND_FUNCTION.self)
            return graph.linkValue(node, "internal", "function", address + BOUND_FUNCTION.func)
        case "packet":
            graph.link(node, "internal", "payload", reader.word(address + PACKET.payload))
            graph.link(node, "internal", "attached", reader.word(address + PACKET.attached))
            return
        case "image":
            graph.link(node, "internal", "buffer", reader.word(address + GIMAGE.buffer))
            graph.link(node, "internal", "attached", reader.word(address + GIMAGE.attached))
            return
    }
}

function scanString({ reader, hasContents }: GraphBuilder, node: GraphNode): void {
    const { address, type, bytes } = node
    const isLong = type === "string-jmp"
    if (!hasContents) {
        node.length = reader.stringLength(address, isLong, bytes)
        return
    }
    node.text = reader.string(address, isLong, bytes)
    node.length = node.text.length
}

function scanMap(graph: GraphBuilder, node: GraphNode): void {
    const { reader } = graph
    const data = graph.takeStorage(node, MAP.length, MAP.data, 16)
    const keys: string[] = []
    for (let i = 0; i < (node.length ?? 0); i++) {
        const entry = data + 16 * i
        if (!graph.isTold(entry) && !graph.isTold(entry + 8)) continue
        const name = graph.textOf(entry) ?? "?"
        keys.push(name)
        if (reader.holdsPointer(entry)) graph.link(node, "key", name, reader.word(entry))
        graph.linkValue(node, "property", name, entry + 8)
    }
    if (graph.hasContents) graph.namer.setKeys(node, keys)
    linkPrototype(graph, node)
}

function linkPrototype(graph: GraphBuilder, node: GraphNode): void {
    const proto = graph.reader.word(node.address + MAP.proto)
    if (graph.reader.isInHeap(proto)) graph.link(node, "internal", "prototype", proto)
}

/** A short map has 16-bit keys, all values first: the VM's tables by index of a function or service. */
function scanShortMap(graph: GraphBuilder, node: GraphNode): void {
    const data = graph.takeStorage(node, MAP.length, MAP.data, 10)
    const keys = data + 8 * (node.capacity ?? 0)
    for (let i = 0; i < (node.length ?? 0); i++) {
        if (!graph.isTold(data + 8 * i)) continue
        const key = graph.reader.half(keys + 2 * i)
        graph.linkValue(node, "internal", graph.facts.shortKey(node.address, key), data + 8 * i)
    }
    linkPrototype(graph, node)
}

function scanArray(graph: GraphBuilder, node: GraphNode): void {
    const data = graph.takeStorage(node, ARRAY.length, ARRAY.data, 8)
    for (let i = 0; i < (node.length ?? 0); i++)
        if (graph.isTold(data + 8 * i)) graph.linkValue(node, "element", String(i), data + 8 * i)
    graph.link(node, "internal", "attached", graph.reader.word(node.address + ARRAY.attached))
}

function scanFrame(graph: GraphBuilder, node: GraphNode): void {
    const { reader } = graph
    const func = reader.word(node.address + ACTIVATION.func)
    const slots = graph.names?.functions[graph.facts.functionIndexOf(func) ?? -1]?.slots
    graph.link(node, "internal", "closure", reader.word(node.address + ACTIVATION.closure))
    const count = reader.slotsOf(func)
    if (ACTIVATION.slots + 8 * count > node.bytes)
        throw new HeapError(`the call frame at ${hex(node.address)} cannot hold ${count} slots`)
    for (let i = 0; i < count; i++)
        graph.linkValue(
            node,
            "variable",
            slots?.[i]?.name ?? `slot ${i}`,
            node.address + ACTIVATION.slots + 8 * i,
        )
}
