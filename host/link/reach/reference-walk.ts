import type { EdgeKind, GraphNode } from "../../model/graph/graph"
import { ObjectNamer } from "../../model/graph/object-namer"
import { VALUE_TAG, type DebuggerEntry, type DebuggerValue } from "../debugger/debugger-format"
import { MAX_LENGTH } from "../debugger/debugger-rules"
import { LimitReachedError, type LimitedProgram } from "../debugger/limited-program"
import type { DebuggerFacts } from "./debugger-facts"
import { frameBytes, listBytes, mapBytes, ReachableObjects, stringBytes } from "./reachable-objects"

/** Without anything attached, its prototype is the only property of a role. */
export const ROLE_PROTOTYPE = 1
const NOTHING = { v1: 0, functionIndex: undefined }

/** Follows references from object to object, breadth first. */
export class ReferenceWalk {
    readonly objects = new ReachableObjects()
    /** By index: what is attached to a role of the bus, if anything. */
    readonly roles = new Map<number, GraphNode | undefined>()
    private readonly namer: ObjectNamer
    private readonly pending: (() => Promise<void>)[] = []
    private refused = 0

    constructor(
        readonly program: LimitedProgram,
        readonly names: DebuggerFacts,
    ) {
        this.namer = new ObjectNamer(names)
        this.objects.onNew = (node, value) => this.met(node, value)
    }

    /** Objects that were met, but not looked into. */
    get unread(): number {
        return this.refused + this.pending.length
    }

    /** To be done when all that was met before has been looked into. */
    later(work: () => Promise<void>): void {
        this.pending.push(work)
    }

    /** Walks until there is no more, or a limit is reached. */
    async finish(): Promise<void> {
        try {
            for (let next = this.pending[0]; next; next = this.pending[0]) {
                await next()
                this.pending.shift()
            }
        } catch (error) {
            if (!(error instanceof LimitReachedError)) throw error
        }
        this.namer.finish(this.objects.all)
    }

    /** Adds what a value is to an object: a reference, or a scalar. @returns what it refers to */
    link(from: GraphNode, kind: EdgeKind, name: string, value: DebuggerValue) {
        const to = this.look(value)
        if (to) this.objects.connect(from, to, kind, name, this.names.ofFunction(value))
        else (from.scalars ??= []).push({ name, ...this.names.scalar(value) })
        return to
    }

    /** What a value refers to, to be looked into if it is new. */
    look(value: DebuggerValue): GraphNode | undefined {
        if (value.tag === VALUE_TAG.imgRole) this.visitRole(value.v0, value.v1)
        return this.objects.of(value)
    }

    /** A role is no object, but what the program attached to it is one. @param v1 its properties */
    visitRole(index: number, v1: number): void {
        if (this.roles.has(index)) return
        this.roles.set(index, undefined)
        if (v1 <= ROLE_PROTOTYPE || v1 > MAX_LENGTH) return
        this.later(async () => {
            const entries = await this.program.roleEntries(index)
            if (entries.length <= ROLE_PROTOTYPE) return
            const attached = this.objects.add({ kind: "block", type: "map", name: "" })
            this.roles.set(index, attached)
            await this.addEntries(attached, entries)
        })
    }

    private met(node: GraphNode, { functionIndex, v1 }: DebuggerValue): void {
        const { address, type } = node
        if (type === "map" && v1 > MAX_LENGTH) this.refused++
        else if (type === "map" && v1 > 0)
            this.later(async () => this.addEntries(node, await this.program.entries(address)))
        else if (type === "array" && node.length !== 0) this.later(() => this.readArray(node))
        else if (type === "string") this.later(() => this.readText(node))
        else if (type === "activation") {
            if (functionIndex !== undefined) this.names.isClosedOverBy(address, functionIndex)
            this.later(() => this.readFrame(node))
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
        const characters = [...text].length
        if (bytes !== characters) node.type = "string-jmp"
        node.bytes = stringBytes(characters, bytes)
    }

    private async readFrame(node: GraphNode): Promise<void> {
        const values = await this.program.elements(node.address)
        const names = this.names.nameFrame(node, values.length)
        node.bytes = frameBytes(values.length, names.tries)
        values.forEach((value, i) => this.link(node, "variable", names.variable(i), value))
    }

    private async addEntries(node: GraphNode, entries: readonly DebuggerEntry[]): Promise<void> {
        const texts: string[] = []
        // All texts first: with them an object is added as a whole, or not at all.
        for (const { key } of entries)
            texts.push(this.names.staticText(key) ?? (await this.program.text(key)).text)
        const hasPrototype = texts[0] === "__proto__"
        entries.forEach(({ key, value }, i) => {
            if (hasPrototype && i === 0) return
            const name = texts[i]!
            if (this.names.staticText(key) === undefined)
                this.link(node, "key", name, { ...NOTHING, tag: VALUE_TAG.objString, v0: key })
            this.link(node, "property", name, value)
            if (name === "constructor") this.names.hasConstructor(node, value.functionIndex)
        })
        const keys = hasPrototype ? texts.slice(1) : texts
        node.length = keys.length
        node.bytes = mapBytes(keys.length)
        this.namer.setKeys(node, keys)
        if (hasPrototype) this.addPrototype(node, entries[0]!.value)
    }

    private addPrototype(node: GraphNode, value: DebuggerValue): void {
        const prototype = this.look(value)
        this.names.setPrototype(node, value, prototype)
        if (prototype) this.objects.connect(node, prototype, "internal", "prototype")
    }
}
