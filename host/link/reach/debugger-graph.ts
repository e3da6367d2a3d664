import { blockBytes } from "../../model/heap/object-sizes"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import { FIBER } from "../../model/heap/layout"
import { VALUE_TAG, type DebuggerFrame, type DebuggerValue } from "../debugger/debugger-format"
import type { HaltedProgram } from "../debugger/halted-program"
import { LimitedProgram, type ReadLimits } from "../debugger/limited-program"
import { ReferenceWalk, ROLE_PROTOTYPE } from "./reference-walk"
import { DebuggerFacts, type NameSource } from "./debugger-facts"
import { addRuntimeObjects } from "./runtime-objects"

export interface GraphOptions extends ReadLimits, NameSource {
    /** The heap of the same program in a simulator: what the VM keeps for itself is taken from there. */
    simulated?: HeapGraph | undefined
}

/** What the debugger shows of a program without the agent. */
export interface DebuggerGraph {
    /** Sizes are worked out, not read; what nothing refers to is not in it. */
    graph: HeapGraph
    /** Objects that were met, but not looked into: a limit was reached. */
    unread: number
    /** Requests it took. */
    commands: number
}

/**
 * Finds all that a halted program's fibers and variables lead to, breadth first, each object once.
 * Built-in objects are left alone: asking for what they hold could make them a table on the heap. What
 * a call frame closes over is found only of frames that a fiber is in: of others nobody tells.
 * @throws BadAnswerError for a board that answers what no program can hold
 */
export async function readDebuggerGraph(
    program: HaltedProgram,
    options: GraphOptions = {},
): Promise<DebuggerGraph> {
    const limited = new LimitedProgram(program, options)
    const walk = new ReferenceWalk(limited, new DebuggerFacts(options))
    const { objects, roles } = walk
    const root = objects.add({ kind: "root", name: "root" })
    const globals = objects.addGroup(root, "globals")
    const fibers = objects.addGroup(root, "fibers")
    walk.later(() => readGlobals(walk, globals))
    walk.later(() => readFibers(walk, fibers))
    if (options.simulated) expectRoles(walk, options.simulated)
    await walk.finish()
    addRuntimeObjects({ objects, roles, root }, options.simulated)
    return { graph: objects.graph(), unread: walk.unread, commands: limited.commands }
}

async function readGlobals(walk: ReferenceWalk, group: GraphNode): Promise<void> {
    const { objects, names, program } = walk
    const values = await program.globals()
    group.type = "bytes"
    group.bytes = blockBytes(4 + 8 * values.length)
    values.forEach((value, i) => {
        if (!walk.look(value)) return
        const variable = objects.add({ kind: "global", name: names.global(i) })
        objects.connect(group, variable, "variable", variable.name)
        walk.link(variable, "variable", "value", value)
    })
}

async function readFibers(walk: ReferenceWalk, group: GraphNode): Promise<void> {
    const { objects, names, program } = walk
    for (const fiber of await program.fibers()) {
        const node = objects.add({
            kind: "block",
            type: "bytes",
            className: "fiber",
            name: `fiber ${names.functionName(fiber.firstFunction)}`,
            bytes: blockBytes(4 + FIBER.size),
            isRuntime: true,
        })
        objects.connect(group, node, "internal", node.name)
        walk.later(async () => {
            const frames = await program.frames(fiber)
            frames.forEach((frame, depth) => addFrame(walk, node, frame, depth))
        })
    }
}

function addFrame(
    walk: ReferenceWalk,
    fiber: GraphNode,
    frame: DebuggerFrame,
    depth: number,
): void {
    const { address, closure, functionIndex } = frame
    walk.names.isFrameOf(address, functionIndex)
    const node = walk.link(fiber, "internal", `frame ${depth}`, frameAt(address))
    if (closure === 0 || !node) return
    walk.names.isClosedOverBy(closure, functionIndex)
    walk.link(node, "internal", "closure", frameAt(closure))
}

/** A program may have no variable for a role that it waits for: the simulator knows of it. */
function expectRoles(walk: ReferenceWalk, { nodes }: HeapGraph): void {
    const group = nodes.find(({ kind, name }) => kind === "group" && name === "roles")
    group?.edges.forEach(({ to }, index) => {
        const attached = nodes[to]!.edges.find(({ name }) => name === "attached")
        const length = attached ? (nodes[attached.to]!.length ?? 0) : 0
        if (length === 0) return
        walk.program.expectRole(index, ROLE_PROTOTYPE + length)
        walk.visitRole(index, ROLE_PROTOTYPE + length)
    })
}

/** A call frame as the debugger tells one that is a value: by the value's own two words. */
function frameAt(address: number): DebuggerValue {
    return { tag: VALUE_TAG.exotic, v0: address, v1: 8, functionIndex: undefined }
}
