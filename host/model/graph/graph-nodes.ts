import type { HeapBlock } from "../heap/block"
import type { AllocationFacts, GraphNode } from "./graph"
import { hex, HeapError, type HeapMemory } from "../heap/heap-memory"
import { MemoryReader } from "../heap/memory-reader"
import { listBlocks } from "../heap/walk"

/** What nodes are made from. */
export interface NodeSource {
    heap: HeapMemory
    /** When and where the block at an address was allocated, if that is known. */
    allocationOf?: (address: number) => AllocationFacts
}

/** The nodes of a graph while it is built: every block that is found is in exactly one of them. */
export class GraphNodes {
    readonly reader: MemoryReader
    /** By id. */
    readonly nodes: GraphNode[] = []
    readonly blocks = new Map<number, HeapBlock>()
    /** Node of a block by its address; storage is its owner's. */
    readonly nodeOf = new Map<number, GraphNode>()
    /** Those that nobody has looked into yet. */
    readonly pending: GraphNode[] = []
    private readonly heap: HeapMemory
    private readonly allocationOf: NodeSource["allocationOf"]

    constructor({ heap, allocationOf }: NodeSource) {
        this.heap = heap
        this.allocationOf = allocationOf
        this.reader = new MemoryReader(heap)
        for (const block of listBlocks(heap))
            if (block.type !== "free") this.blocks.set(block.address, block)
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

    private add(node: Omit<GraphNode, "id" | "edges">): GraphNode {
        const added = { id: this.nodes.length, ...node, edges: [] }
        this.nodes.push(added)
        return added
    }

    protected nodeAt(address: number): GraphNode | undefined {
        const known = this.nodeOf.get(address)
        if (known) return known
        const block = this.blocks.get(address)
        if (!block) {
            const { start, end } = this.heap
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
        const facts = this.allocationOf?.(node.address)
        if (facts) Object.assign(node, facts)
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
        const facts = this.allocationOf?.(block.address)
        if (facts) node.storagePc = facts.pc
        return data
    }
}
