import type { BlockType, HeapBlock } from "../heap/block"
import type { ValueKind } from "../heap/value"

/**
 * The object graph of one heap at one moment: what is on it, and what holds what. Node 0 is the root;
 * its edges lead to groups (globals, fibers, ...), theirs to what they hold. Every live block of the
 * heap is in exactly one node, so the sum of `bytes` over all nodes, and garbage, is the used bytes.
 */
export interface HeapGraph {
    /** By id. */
    nodes: GraphNode[]
    /** Bytes in blocks that are not free. */
    usedBytes: number
    /** Bytes of all nodes: what a collection would leave. */
    liveBytes: number
    /** Blocks that nothing reaches. */
    garbage: HeapBlock[]
}

/**
 * What is live and what holds it, and no more: without garbage, texts, contents and classes, and without
 * entries that hold no block. Its nodes have the ids and the edges that those of the graph have.
 */
export type GraphOutline = Pick<HeapGraph, "nodes">

/**
 * `root` and `global` are no blocks and have no bytes; a `group` has those of the table the VM keeps
 * it in, if it has one. A `global` is a variable of the program that holds a block.
 */
export type NodeKind = "root" | "group" | "global" | "block"

export interface GraphNode {
    /** Index in `nodes`. */
    id: number
    kind: NodeKind
    /** Kind of block; undefined when it is none. */
    type: BlockType | undefined
    /** Address of its block, 0 when it has none. */
    address: number
    /** Bytes of its block and of its storage, headers included. */
    bytes: number
    /** The block an array or map keeps its entries in. */
    storage?: { address: number; bytes: number } | undefined
    /**
     * What it is an instance of: a class of the program, `{id, cents}` for an object without one,
     * `dictionary` for one with keys made at run time, `Array`, `Buffer`, `string`, `frame of step`, ...
     */
    className: string
    /** What it is called: a global's name, a class's prototype, a function; else its class. */
    name: string
    /** The VM's own, not the program's: fibers, roles, tables, prototypes. */
    isRuntime: boolean
    /** Contents of a string, whole. */
    text?: string
    /** The first bytes of a buffer. */
    data?: Uint8Array
    /** Elements, entries, characters or bytes in it, as its kind has them. */
    length?: number | undefined
    /** Elements or entries its storage has room for. */
    capacity?: number | undefined
    /** Entries, elements or variables that hold no block: what `edges` does not tell. */
    scalars?: GraphScalar[]
    edges: GraphEdge[]
    /** How many blocks the run had allocated with this one, and so its identity together with its address. */
    allocation?: number | undefined
    /** Global program counter that allocated it, as `AllocationSites` charges it; 0 for the runtime. */
    pc?: number | undefined
    /** The same of its storage: the place that last made it grow. */
    storagePc?: number | undefined
}

/** A reference from one node to another. */
export interface GraphEdge {
    to: number
    kind: EdgeKind
    /** Key of a property, index of an element, name of a variable or of the VM's own reference. */
    name: string
    /** The function, when the reference is one that keeps its frame or its `this`: its name. */
    functionName?: string
}

/**
 * `property` by key, `element` by index, `variable` of a frame or the program, `key`: the text of a
 * key that is itself on the heap, `internal` for the VM's own: prototype, closure, frames, ...
 */
export type EdgeKind = "property" | "element" | "variable" | "key" | "internal"

/** An entry that holds no block. */
export interface GraphScalar {
    name: string
    kind: ValueKind
    /** The number, the boolean, the text in flash, or the index of the function. */
    value?: number | boolean | string
}

/** What the compiler's debug information tells of names; `DebugInfo` is one. */
export interface ProgramNames {
    /** By index of the global. */
    globals: readonly { name: string }[]
    /** By index of the function; slots are parameters, then locals. */
    functions: readonly { name: string; slots: readonly { name: string }[] }[]
}

/** When and where blocks were allocated; `AllocationSites` is one. */
export interface AllocationFacts {
    /** How many blocks the run had allocated with the one at this address. */
    numberOf(address: number): number
    /** Global program counter that allocated it; 0 for the runtime. */
    pcOf(address: number): number
}
