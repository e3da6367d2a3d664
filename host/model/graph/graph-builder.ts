import type { EdgeKind, GraphEdge, GraphNode, ProgramNames } from "./graph"
import { GraphNodes, type NodeSource } from "./graph-nodes"
import { MemoryFacts } from "./memory-facts"
import { ObjectNamer } from "./object-namer"
import { ProgramImage } from "../program/program-image"

/** What a graph is built from. */
export interface GraphSource extends NodeSource {
    /** Address of the running program's context, 0 when there is none. */
    ctx: number
    /** The program's image, which lies in flash: names and texts come from it. */
    bytecode: Uint8Array
    /** The compiler's names; without them globals and variables have numbers. */
    names?: ProgramNames | undefined
}

/** Builds one graph. Roots and objects add to it through `synthetic`, `link` and `linkValue`. */
export class GraphBuilder extends GraphNodes {
    readonly image: ProgramImage
    readonly names: ProgramNames | undefined
    readonly ctx: number
    readonly facts: MemoryFacts
    readonly namer: ObjectNamer

    /** @param isOutline of what holds no block, nothing is to be told */
    constructor(
        source: GraphSource,
        private readonly isOutline = false,
    ) {
        super(source)
        this.ctx = source.ctx
        this.names = source.names
        this.image = ProgramImage.of(source.bytecode)
        this.facts = new MemoryFacts(source.ctx, this.reader, this.image)
        this.namer = new ObjectNamer(this.facts)
    }

    /** Adds an edge to the block at an address, and the block if it is new; nothing for 0 or a free block. */
    link(
        from: GraphNode,
        kind: EdgeKind,
        name: string,
        address: number,
        functionName?: string,
    ): GraphNode | undefined {
        if (address === 0) return undefined
        const node = this.nodeAt(address)
        if (node) this.connect(from, node, kind, name, functionName)
        return node
    }

    connect(
        from: GraphNode,
        to: GraphNode,
        kind: EdgeKind,
        name: string,
        functionName?: string,
    ): void {
        const edge: GraphEdge = { to: to.id, kind, name }
        if (functionName !== undefined) edge.functionName = functionName
        from.edges.push(edge)
    }

    /** Whether anything is to be told of the value at this address. */
    isTold(address: number): boolean {
        return !this.isOutline || this.reader.holdsPointer(address)
    }

    /** Whether what an object has in it is to be told: its text, its bytes, its keys. */
    get hasContents(): boolean {
        return !this.isOutline
    }

    /** Adds what a value holds: an edge for a block, a scalar for anything else. */
    linkValue(from: GraphNode, kind: EdgeKind, name: string, address: number): void {
        if (!this.isTold(address)) return
        const value = this.reader.value(address)
        const { pointer, functionIndex, flash } = value
        if (pointer !== undefined) {
            this.link(from, kind, name, pointer, this.functionName(functionIndex))
            return
        }
        const text = value.kind === "string" ? this.image.string(flash ?? 0) : undefined
        const content = value.scalar ?? text ?? functionIndex
        ;(from.scalars ??= []).push({
            name,
            kind: value.kind,
            ...(content !== undefined && { value: content }),
        })
    }

    /** The text of a string value, on the heap or in flash. */
    textOf(address: number): string | undefined {
        const { kind, pointer, flash } = this.reader.value(address)
        if (flash !== undefined && kind === "string") return this.image.string(flash)
        if (pointer === undefined) return undefined
        const type = this.typeAt(pointer)
        if (type !== "string" && type !== "string-jmp") return undefined
        return this.reader.string(pointer, type === "string-jmp", this.bytesAt(pointer))
    }

    /** Whether a value refers to a block. */
    holdsBlock(address: number): boolean {
        const { pointer } = this.reader.value(address)
        return pointer !== undefined && pointer !== 0 && this.nodeAt(pointer) !== undefined
    }

    functionName(index: number | undefined): string | undefined {
        if (index === undefined) return undefined
        return this.image.functionName(index) ?? "built-in function"
    }
}
