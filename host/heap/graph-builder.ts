import type { HeapBlock } from "./block"
import type { AllocationFacts, EdgeKind, GraphNode, HeapGraph, ProgramNames } from "./graph"
import { scanObject } from "./graph-objects"
import { addRoots } from "./graph-roots"
import { hex, HeapError, type HeapMemory } from "./heap-memory"
import { MemoryReader } from "./memory-reader"
import { ObjectNamer } from "./object-namer"
import { ProgramImage } from "./program-image"
import { listBlocks } from "./walk"

/** What a graph is built from. */
export interface GraphSource {
    heap: HeapMemory
    /** Address of the running program's context, 0 when there is none. */
    ctx: number
    /** The program's image, which lies in flash: names and texts come from it. */
    bytecode: Uint8Array
    /** The compiler's names; without them globals and variables have numbers. */
    names?: ProgramNames | undefined
    /** When and where the block at an address was allocated, if that is known. */
    allocationOf?: (address: number) => AllocationFacts
}

/**
 * Finds every live object of a heap and what holds it, by the VM's own rules (`gc_alloc.c`). Reads
 * memory and changes nothing.
 * @throws HeapError when the heap is not what the VM leaves
 */
export function buildGraph(source: GraphSource): HeapGraph {
    return new GraphBuilder(source).build()
}

/** Builds one graph. Roots and objects add to it through `node`, `link` and `linkValues`. */
export class GraphBuilder {
    readonly reader: MemoryReader
    readonly image: ProgramImage
    readonly names: ProgramNames | undefined
    readonly ctx: number
    private readonly nodes: GraphNode[] = []
    private readonly blocks = new Map<number, HeapBlock>()
    /** Node of a block by its address; storage is its owner's. */
    private readonly nodeOf = new Map<number, GraphNode>()
    private readonly pending: GraphNode[] = []
    readonly namer: ObjectNamer

    constructor(private readonly source: GraphSource) {
        this.ctx = source.ctx
        this.names = source.names
        this.reader = new MemoryReader(source.heap)
        this.image = new ProgramImage(source.bytecode)
        this.namer = new ObjectNamer(source.ctx, this.reader, this.image)
        for (const block of listBlocks(source.heap))
            if (block.type !== "free") this.blocks.set(block.address, block)
    }

    build(): HeapGraph {
        const root = this.synthetic("root", "root")
        addRoots(this, root)
        this.scanPending()
        this.addPinned(root)
        this.namer.finish(this.nodes)

        const all = [...this.blocks.values()]
        const sum = (parts: { bytes: number }[]) =>
            parts.reduce((total, { bytes }) => total + bytes, 0)
        return {
            nodes: this.nodes,
            usedBytes: sum(all),
            liveBytes: sum(this.nodes),
            garbage: all
                .filter(({ address }) => !this.nodeOf.has(address))
                .map(block => ({ ...block, live: false })),
        }
    }

    /** A node that is no object of the program. */
    synthetic(kind: "root" | "group" | "global", name: string): GraphNode {
        return this.add({
            kind,
            type: undefined,
            address: 0,
            bytes: 0,
            className: kind,
            name,
            isRuntime: kind !== "global",
        })
    }

    /** Gives a node the block the VM keeps it in. @param data address after the block's header, or 0 */
    adopt(node: GraphNode, data: number): void {
        const block = this.blocks.get(data - 4)
        if (block?.type !== "bytes" || !block.pinned || this.nodeOf.has(block.address)) return
        node.type = block.type
        node.address = block.address
        node.bytes += block.bytes
        this.nodeOf.set(block.address, node)
        this.addFacts(node)
    }

    /** The node of the VM's own structure in a pinned block, such as a fiber; a new one if it has none. */
    runtimeBlock(data: number, className: string, name: string): GraphNode {
        const node = this.synthetic("group", name)
        node.kind = "block"
        node.className = className
        this.adopt(node, data)
        return node
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
        from.edges.push({
            to: to.id,
            kind,
            name,
            ...(functionName !== undefined && { functionName }),
        })
    }

    /** Adds what a value holds: an edge for a block, a scalar for anything else. */
    linkValue(from: GraphNode, kind: EdgeKind, name: string, address: number): void {
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
        const block = this.blocks.get(pointer ?? 0)
        if (block?.type !== "string" && block?.type !== "string-jmp") return undefined
        return this.reader.string(block.address, block.type === "string-jmp", block.bytes)
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

    private add(node: Omit<GraphNode, "id" | "edges">): GraphNode {
        const added = { id: this.nodes.length, ...node, edges: [] }
        this.nodes.push(added)
        return added
    }

    private nodeAt(address: number): GraphNode | undefined {
        const known = this.nodeOf.get(address)
        if (known) return known
        const block = this.blocks.get(address)
        if (!block) {
            const { start, end } = this.source.heap
            // A free block at its end has been let go in the same breath: the VM's marking passes it by.
            if (address >= start && address < end && this.reader.isFree(address)) return undefined
            throw new HeapError(`a reference leads to ${hex(address)}, where no block starts`)
        }
        const node = this.add({
            kind: "block",
            type: block.type,
            address,
            bytes: block.bytes,
            className: block.type,
            name: "",
            isRuntime: false,
        })
        this.nodeOf.set(address, node)
        this.addFacts(node)
        this.pending.push(node)
        return node
    }

    private addFacts(node: GraphNode): void {
        const facts = this.source.allocationOf?.(node.address)
        if (facts) Object.assign(node, facts)
    }

    /** Pinned blocks stay alive by themselves, also those that others hold, but for the VM's tables. */
    private addPinned(root: GraphNode): void {
        const group = this.synthetic("group", "pinned")
        this.connect(root, group, "internal", group.name)
        for (const { address, pinned, type } of this.blocks.values()) {
            if (!pinned || (type === "bytes" && this.nodeOf.has(address))) continue
            const node = this.link(group, "internal", hex(address), address)
            if (type === "bytes") node!.isRuntime = true
        }
        this.scanPending()
    }

    private scanPending(): void {
        for (let node = this.pending.pop(); node; node = this.pending.pop()) scanObject(this, node)
    }

    /**
     * Adds the storage block of an array or map to its node.
     * @returns address of its first value
     */
    takeStorage(node: GraphNode, lengthAt: number, dataAt: number, bytesEach: number): number {
        const { reader } = this
        const data = reader.word(node.address + dataAt)
        node.length = 0
        node.capacity = 0
        if (data === 0) return 0
        const block = this.blocks.get(data - 4)
        const length = reader.half(node.address + lengthAt)
        const capacity = reader.half(node.address + lengthAt + 2)
        if (block?.type !== "bytes" || Math.max(length, capacity) * bytesEach > block.bytes - 4)
            throw new HeapError(`the storage at ${hex(data)} cannot hold ${length} entries`)
        if (this.nodeOf.has(block.address))
            throw new HeapError(`the storage at ${hex(data)} has two owners`)
        node.length = length
        node.capacity = capacity
        node.bytes += block.bytes
        node.storage = { address: block.address, bytes: block.bytes }
        this.nodeOf.set(block.address, node)
        const facts = this.source.allocationOf?.(block.address)
        if (facts) node.storagePc = facts.pc
        return data
    }
}
