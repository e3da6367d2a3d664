import type { BlockType } from "../heap/block"
import type { AllocationFacts, GraphNode } from "./graph"
import { capacityOf, hex, HeapError, type HeapMemory } from "../heap/heap-memory"
import { MemoryReader } from "../heap/memory-reader"
import { blockWords, endOf, TAG_FREE, TAG_PINNED, typeOf } from "../heap/walk"

/** What nodes are made from. */
export interface NodeSource {
    heap: HeapMemory
    /** When and where blocks were allocated, if that is known. */
    allocations?: AllocationFacts
    /** A word for each of the heap, in which nothing is kept once the graph is built. Default: new ones. */
    room?: Int32Array
}

/** Where a block starts that is in no node yet; ids of nodes are counted from 1 there. */
const IN_NO_NODE = -1

/** The nodes of a graph while it is built: every block that is found is in exactly one of them. */
export class GraphNodes {
    readonly reader: MemoryReader
    /** By id. */
    readonly nodes: GraphNode[] = []
    /** Addresses of the blocks that stay alive by themselves, ascending. */
    readonly pinned: number[] = []
    /** Those that nobody has looked into yet. */
    readonly pending: GraphNode[] = []
    private readonly heap: HeapMemory
    private readonly allocations: AllocationFacts | undefined
    /**
     * By word of the heap, where a block starts that is not free: the node it is in, storage in its owner's.
     * 0 elsewhere.
     */
    private readonly owners: Int32Array

    constructor({ heap, allocations, room }: NodeSource) {
        this.heap = heap
        this.allocations = allocations
        this.reader = new MemoryReader(heap)
        const owners = room?.fill(0) ?? new Int32Array(capacityOf(heap) >>> 2)
        this.owners = owners
        const { words, origin, start } = heap
        const first = (start - origin) >>> 2
        const end = endOf(heap)
        for (let at = first; at < end;) {
            const size = blockWords(heap, at, end)
            const tag = words[at]! >>> 24
            if (tag !== TAG_FREE) owners[at - first] = IN_NO_NODE
            if (tag & TAG_PINNED) this.pinned.push(origin + at * 4)
            at += size
        }
    }

    /** Kind of the block that starts at an address; undefined where none does, or a free one. */
    typeAt(address: number): BlockType | undefined {
        return this.ownerAt(address) === 0 ? undefined : typeOf(this.reader.word(address) >>> 24)
    }

    /** Size of the block that starts at an address, header included. */
    bytesAt(address: number): number {
        return (this.reader.word(address) & 0xffffff) * 4
    }

    /** Whether the block at an address is in a node. */
    isInNode(address: number): boolean {
        return this.ownerAt(address) > 0
    }

    private ownerAt(address: number): number {
        const { start, end } = this.heap
        const isInside = address >= start && address < end && (address & 3) === 0
        return isInside ? this.owners[(address - start) >>> 2]! : 0
    }

    private own(address: number, node: GraphNode): void {
        this.owners[(address - this.heap.start) >>> 2] = node.id + 1
    }

    /** A node that is no object of the program. */
    synthetic(kind: "root" | "group" | "global", name: string): GraphNode {
        const node = this.add(kind, undefined, 0, 0)
        node.name = name
        node.isRuntime = kind !== "global"
        return node
    }

    /** Gives a node the block the VM keeps it in. @param data address after the block's header, or 0 */
    adopt(node: GraphNode, data: number): void {
        const address = data - 4
        if (this.ownerAt(address) !== IN_NO_NODE) return
        const tag = this.reader.word(address) >>> 24
        if (typeOf(tag) !== "bytes" || (tag & TAG_PINNED) === 0) return
        node.type = "bytes"
        node.address = address
        node.bytes += this.bytesAt(address)
        this.own(address, node)
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

    private add(
        kind: GraphNode["kind"],
        type: BlockType | undefined,
        address: number,
        bytes: number,
    ): GraphNode {
        const node: GraphNode = {
            id: this.nodes.length,
            kind,
            type,
            address,
            bytes,
            className: type ?? kind,
            name: "",
            isRuntime: false,
            edges: [],
            // All that nearly every node gets: an object that grows is slow.
            storage: undefined,
            length: undefined,
            capacity: undefined,
            allocation: undefined,
            pc: undefined,
            storagePc: undefined,
        }
        this.nodes.push(node)
        return node
    }

    protected nodeAt(address: number): GraphNode | undefined {
        const owner = this.ownerAt(address)
        if (owner > 0) return this.nodes[owner - 1]
        if (owner === 0) {
            const { start, end } = this.heap
            // A free block at its end has been let go in the same breath: the VM's marking passes it by.
            if (address >= start && address < end && this.reader.isFree(address)) return undefined
            throw new HeapError(`a reference leads to ${hex(address)}, where no block starts`)
        }
        const type = typeOf(this.reader.word(address) >>> 24)
        const node = this.add("block", type, address, this.bytesAt(address))
        this.own(address, node)
        this.addFacts(node)
        this.pending.push(node)
        return node
    }

    private addFacts(node: GraphNode): void {
        const { allocations } = this
        if (!allocations) return
        node.allocation = allocations.numberOf(node.address)
        node.pc = allocations.pcOf(node.address)
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
        const address = data - 4
        const bytes = this.typeAt(address) === "bytes" ? this.bytesAt(address) : 0
        const length = reader.half(node.address + lengthAt)
        const capacity = reader.half(node.address + lengthAt + 2)
        if (bytes === 0 || Math.max(length, capacity) * bytesEach > bytes - 4)
            throw new HeapError(`the storage at ${hex(data)} cannot hold ${length} entries`)
        if (this.isInNode(address))
            throw new HeapError(`the storage at ${hex(data)} has two owners`)
        node.length = length
        node.capacity = capacity
        node.bytes += bytes
        node.storage = { address, bytes }
        this.own(address, node)
        node.storagePc = this.allocations?.pcOf(address)
        return data
    }
}
