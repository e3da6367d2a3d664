import type { GraphNode, HeapGraph } from "../heap/graph"
import { blockBytes } from "../advice/costs"
import { FIBER } from "../heap/layout"
import {
    VALUE_TAG,
    type DebuggerEntry,
    type DebuggerFrame,
    type DebuggerValue,
} from "./debugger-format"
import { MOST_LENGTH } from "./debugger-rules"
import type { HaltedProgram } from "./halted-program"
import { LimitedProgram, SpentError, type LookLimits } from "./limited-program"
import { ReachedNames, type NameSource } from "./reached-names"
import { frameBytes, listBytes, mapBytes, ReachedObjects, stringBytes } from "./reached-objects"
import { addVmBlocks } from "./vm-blocks"

export interface GraphOptions extends LookLimits, NameSource {
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
 * Built-in objects are left alone: asking for what they hold could make them a table on the heap.
 * @throws BadAnswerError for a board that answers what no program can hold
 */
export function readDebuggerGraph(
    program: HaltedProgram,
    options: GraphOptions = {},
): Promise<DebuggerGraph> {
    return new GraphReader(program, options).read()
}

class GraphReader {
    private readonly program: LimitedProgram
    private readonly objects = new ReachedObjects()
    private readonly names: ReachedNames
    private readonly pending: (() => Promise<void>)[] = []
    private unread = 0
    /** By index: what is attached to a role of the bus, if anything. */
    private readonly roles = new Map<number, GraphNode | undefined>()

    constructor(
        program: HaltedProgram,
        private readonly options: GraphOptions,
    ) {
        this.program = new LimitedProgram(program, options)
        this.names = new ReachedNames(options)
        this.objects.onNew = (node, value) => this.met(node, value)
    }

    async read(): Promise<DebuggerGraph> {
        const root = this.objects.add({ kind: "root", name: "root" })
        const globals = this.objects.addGroup(root, "globals")
        const fibers = this.objects.addGroup(root, "fibers")
        this.pending.push(
            () => this.readGlobals(globals),
            () => this.readFibers(fibers),
        )
        this.expectRoles()
        try {
            for (let next = this.pending[0]; next; next = this.pending[0]) {
                await next()
                this.pending.shift()
            }
        } catch (error) {
            if (!(error instanceof SpentError)) throw error
        }
        const { objects, roles } = this
        this.names.finish(objects.all)
        addVmBlocks({ objects, roles, root }, this.options.simulated)
        return {
            graph: objects.graph(),
            unread: this.unread + this.pending.length,
            commands: this.program.commands,
        }
    }

    private async readGlobals(group: GraphNode): Promise<void> {
        const values = await this.program.globals()
        group.type = "bytes"
        group.bytes = blockBytes(4 + 8 * values.length)
        values.forEach((value, i) => {
            this.noteRole(value)
            if (!this.objects.of(value)) return
            const variable = this.objects.add({ kind: "global", name: this.names.global(i) })
            this.objects.connect(group, variable, "variable", variable.name)
            this.link(variable, "variable", "value", value)
        })
    }

    private async readFibers(group: GraphNode): Promise<void> {
        for (const fiber of await this.program.fibers()) {
            const node = this.objects.add({
                kind: "block",
                type: "bytes",
                className: "fiber",
                name: `fiber ${this.names.functionName(fiber.firstFunction)}`,
                bytes: blockBytes(4 + FIBER.size),
                isRuntime: true,
            })
            this.objects.connect(group, node, "internal", node.name)
            this.pending.push(async () => {
                const frames = await this.program.frames(fiber)
                frames.forEach((frame, depth) => this.addFrame(node, frame, depth))
            })
        }
    }

    private addFrame(fiber: GraphNode, frame: DebuggerFrame, depth: number): void {
        const { address, closure, functionIndex } = frame
        this.names.isFrameOf(address, functionIndex)
        const node = this.link(fiber, "internal", `frame ${depth}`, frameAt(address))
        if (closure === 0 || !node) return
        this.names.isClosedOverBy(closure, functionIndex)
        this.link(node, "internal", "closure", frameAt(closure))
    }

    /** What else is to be asked of an object that is new. */
    private met(node: GraphNode, { functionIndex, v1 }: DebuggerValue): void {
        const { address, type } = node
        if (type === "map" && v1 > MOST_LENGTH) this.unread++
        else if (type === "map" && v1 > 0)
            this.pending.push(async () =>
                this.addEntries(node, await this.program.entries(address)),
            )
        else if (type === "array" && node.length !== 0)
            this.pending.push(() => this.readArray(node))
        else if (type === "string") this.pending.push(() => this.readText(node))
        else if (type === "activation") {
            if (functionIndex !== undefined) this.names.isClosedOverBy(address, functionIndex)
            this.pending.push(() => this.readFrame(node))
        }
    }

    private async readArray(node: GraphNode): Promise<void> {
        const values = await this.program.elements(node.address)
        node.length = values.length
        node.bytes = listBytes(values.length)
        values.forEach((value, i) => this.link(node, "element", String(i), value))
    }

    private async readText(node: GraphNode): Promise<void> {
        const { text, bytes } = await this.program.text(node.address)
        node.text = text
        node.length = text.length
        if (bytes !== text.length) node.type = "string-jmp"
        node.bytes = stringBytes([...text].length, bytes)
    }

    private async readFrame(node: GraphNode): Promise<void> {
        const values = await this.program.elements(node.address)
        const names = this.names.nameFrame(node, values.length)
        node.bytes = frameBytes(values.length, names.tries)
        values.forEach((value, i) => this.link(node, "variable", names.variable(i), value))
    }

    private async addEntries(node: GraphNode, entries: readonly DebuggerEntry[]): Promise<void> {
        const keys: string[] = []
        for (const [i, { key, value }] of entries.entries()) {
            const name = this.names.staticText(key) ?? (await this.program.text(key)).text
            if (i === 0 && name === "__proto__") {
                const proto = this.link(undefined, "internal", "prototype", value)
                this.names.setPrototype(node, value, proto)
                continue
            }
            keys.push(name)
            if (this.names.staticText(key) === undefined)
                this.link(node, "key", name, { ...NOTHING, tag: VALUE_TAG.objString, v0: key })
            this.link(node, "property", name, value)
            if (name === "constructor") this.names.hasConstructor(node, value.functionIndex)
        }
        node.length = keys.length
        node.bytes = mapBytes(keys.length)
        this.names.setKeys(node, keys)
        const proto = this.names.prototypeOf(node)
        if (proto) this.objects.connect(node, proto, "internal", "prototype")
    }

    /** Adds what a value is to an object: a reference, or a scalar. @returns what it refers to */
    private link(
        from: GraphNode | undefined,
        kind: "property" | "element" | "variable" | "key" | "internal",
        name: string,
        value: DebuggerValue,
    ): GraphNode | undefined {
        this.noteRole(value)
        const to = this.objects.of(value)
        if (!from) return to
        if (to) this.objects.connect(from, to, kind, name, this.names.ofFunction(value))
        else (from.scalars ??= []).push({ name, ...this.names.scalar(value) })
        return to
    }

    /** A program may have no variable for a role that it waits for: the simulator knows of it. */
    private expectRoles(): void {
        const { nodes = [] } = this.options.simulated ?? {}
        const group = nodes.find(({ kind, name }) => kind === "group" && name === "roles")
        group?.edges.forEach(({ to }, index) => {
            const attached = nodes[to]!.edges.find(({ name }) => name === "attached")
            const { length = 0 } = nodes[attached?.to ?? 0]!
            if (length === 0) return
            const v1 = ROLE_PROTOTYPE + length
            this.program.expectRole(index, v1)
            this.noteRole({ ...NOTHING, tag: VALUE_TAG.imgRole, v0: index, v1 })
        })
    }

    /** A role is no object, but what the program attached to it is one. */
    private noteRole({ tag, v0, v1 }: DebuggerValue): void {
        if (tag !== VALUE_TAG.imgRole || this.roles.has(v0)) return
        this.roles.set(v0, undefined)
        if (v1 <= ROLE_PROTOTYPE || v1 > MOST_LENGTH) return
        this.pending.push(async () => {
            const entries = await this.program.roleEntries(v0)
            const attached = this.objects.add({ kind: "block", type: "map", name: "" })
            this.roles.set(v0, attached)
            await this.addEntries(attached, entries)
        })
    }
}

/** Without anything attached, its prototype is the only property of a role. */
const ROLE_PROTOTYPE = 1
const NOTHING = { v1: 0, functionIndex: undefined }

function frameAt(address: number): DebuggerValue {
    // As the debugger tells a call frame: the two words of the value.
    return { tag: VALUE_TAG.exotic, v0: address, v1: 8, functionIndex: undefined }
}
