import { ACTIVATION, CTX, FIBER, IMAGE, PIN_STATE, ROLE } from "../heap/layout"
import type { GraphBuilder } from "./graph-builder"
import type { GraphNode } from "./graph"
import { HeapError } from "../heap/heap-memory"
import { HALF_STATIC_OBJECTS } from "./memory-facts"

/** More fibers or frames than any heap can hold: a list this long runs in a circle. */
const MAX_LIST = 0x10000

/** Adds what the collector starts from (`mark_roots` in `gc_alloc.c`), by name, under `root`. */
export function addRoots(graph: GraphBuilder, root: GraphNode): void {
    if (graph.ctx === 0) return
    const group = (name: string, add: (group: GraphNode) => void) => {
        const node = graph.synthetic("group", name)
        graph.connect(root, node, "internal", node.name)
        add(node)
    }
    group("globals", node => addGlobals(graph, node))
    group("fibers", node => addFibers(graph, node))
    group("roles", node => addRoles(graph, node))
    group("pins", node => addPins(graph, node))
    group("prototypes", node => addPrototypes(graph, node))
    group("tables", node => addTables(graph, node))
    group("evaluation stack", node => addStack(graph, node))
    group("exception", node => addException(graph, node))
}

/** Each variable that holds a block is a node: what dies with it is what clearing it would free. */
function addGlobals(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx, names } = graph
    const globals = reader.word(ctx + CTX.globals)
    if (globals === 0) return
    graph.adopt(group, globals)
    const count = reader.half(reader.word(ctx + CTX.image) + IMAGE.numGlobals)
    for (let i = 0; i < count; i++) {
        const address = globals + 8 * i
        if (!graph.holdsBlock(address)) continue
        const variable = graph.synthetic("global", names?.globals[i]?.name ?? `global ${i}`)
        graph.connect(group, variable, "variable", variable.name)
        graph.linkValue(variable, "variable", "value", address)
    }
}

function addFibers(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    let count = 0
    for (
        let fiber = reader.word(ctx + CTX.fibers);
        fiber !== 0;
        fiber = reader.word(fiber + FIBER.next)
    ) {
        if (++count > MAX_LIST) throw new HeapError("the list of fibers runs in a circle")
        const bottom = graph.functionName(reader.half(fiber + FIBER.bottomFunction)) ?? "?"
        const node = graph.runtimeBlock(fiber, "fiber", `fiber ${bottom}`)
        graph.connect(group, node, "internal", node.name)
        if (graph.holdsBlock(fiber + FIBER.returnValue))
            graph.linkValue(node, "internal", "return value", fiber + FIBER.returnValue)
        addFrames(graph, node, reader.word(fiber + FIBER.activation))
    }
}

/** The fiber holds each of its frames: a frame does not hold its caller. */
function addFrames(graph: GraphBuilder, fiber: GraphNode, first: number): void {
    let depth = 0
    for (let frame = first; frame !== 0; frame = graph.reader.word(frame + ACTIVATION.caller)) {
        graph.link(fiber, "internal", `frame ${depth}`, frame)
        if (++depth > MAX_LIST) throw new HeapError("a fiber's call frames run in a circle")
    }
}

function addRoles(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    const roles = reader.word(ctx + CTX.roles)
    graph.adopt(group, roles)
    for (let i = 0; i < reader.half(ctx + CTX.numRoles); i++) {
        const role = reader.word(roles + 4 * i)
        if (role === 0) continue
        const node = graph.runtimeBlock(role, "role", `role ${graph.textOf(role + ROLE.name) ?? i}`)
        graph.connect(group, node, "internal", node.name)
        if (graph.holdsBlock(role + ROLE.name))
            graph.linkValue(node, "internal", "name", role + ROLE.name)
        graph.link(node, "internal", "attached", reader.word(role + ROLE.attached))
    }
}

function addPins(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    const pins = reader.word(ctx + CTX.pinState)
    graph.adopt(group, pins)
    for (let i = 0; i < reader.byte(ctx + CTX.numPins); i++) {
        const object = pins + PIN_STATE.size * i + PIN_STATE.object
        if (graph.holdsBlock(object)) graph.linkValue(group, "internal", `pin ${i}`, object)
    }
}

function addPrototypes(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    const protos = reader.word(ctx + CTX.builtinProtos)
    graph.adopt(group, protos)
    for (let i = 0; i < reader.byte(ctx + CTX.numBuiltinProtos); i++) {
        const name = HALF_STATIC_OBJECTS[i]?.replace("_", ".") ?? `object ${i}`
        graph.link(group, "internal", name, reader.word(protos + 4 * i))
    }
}

function addTables(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    const tables = [
        ["prototypes of classes", CTX.fnProtos],
        ["properties of functions", CTX.fnValues],
        ["prototypes of services", CTX.specProtos],
    ] as const
    for (const [name, offset] of tables) {
        const node = graph.link(group, "internal", name, reader.word(ctx + offset))
        if (node) node.name = name
    }
}

function addStack(graph: GraphBuilder, group: GraphNode): void {
    const { reader, ctx } = graph
    for (let i = 0; i < reader.byte(ctx + CTX.stackTopForGc); i++) {
        const address = ctx + CTX.stack + 8 * i
        if (graph.holdsBlock(address)) graph.linkValue(group, "element", String(i), address)
    }
}

function addException(graph: GraphBuilder, group: GraphNode): void {
    const { ctx } = graph
    const values = [
        ["thrown", CTX.exnVal],
        ["field", CTX.diagField],
    ] as const
    for (const [name, offset] of values)
        if (graph.holdsBlock(ctx + offset)) graph.linkValue(group, "internal", name, ctx + offset)
}
