import type { StackFrame } from "../../model/figures"
import type { GraphEdge, GraphNode, HeapGraph } from "../../model/graph/graph"
import type { ArgumentFacts } from "./usage/argument-log"
import type { ArrayUse, MethodFacts } from "./array-methods"
import type { CallNode } from "./call-nodes"
import type { Field } from "./fields"
import type { TextLog } from "./text-log"

/** What a run showed of a program: all that advice is made of. */
export interface AdviceFacts {
    /** The objects at the end of the run. */
    graph: HeapGraph
    /** The contents of the buffers in it, by id of their node. */
    contents: ReadonlyMap<number, Uint8Array>
    /** By id of their node: the bits of larger buffers that were ever seen set. */
    everSet: ReadonlyMap<number, Uint8Array>
    bytecode: Uint8Array
    /** Bytes of the heap that blocks can use. */
    capacityBytes: number
    /** Bytes allocated over the run. */
    allocatedBytes: number
    /** It ended for want of memory: then what is live counts before what comes and goes. */
    ranOut: boolean
    /** The outermost calls of the run; what they called is in them. */
    calls: readonly CallNode[]
    texts: TextLog
    /** By pc of a function's first instruction: its calls and what their frames took. */
    frames: ReadonlyMap<number, { calls: number; bytes: number }>
    /** By the same, of functions that do nothing but work out a result: the few arguments that they had. */
    arguments: ReadonlyMap<number, ArgumentFacts>
    /** By pc: bytes of the largest buffer made there. */
    largestBuffers: ArrayLike<number>
    /** By pc: fields of the objects made there. */
    fields: ArrayLike<number>
    /** What was done with the lists of the place that made the one at an address. */
    useOf(address: number): ArrayUse | undefined
    /** What was done with all lists of the run, and what that took. */
    methods: MethodFacts
    /** By address of a list that its first element was taken from: the objects that it ever had. */
    queued(address: number): QueuedObjects | undefined
    /** Different sizes that a pool of blocks at an address was asked for. */
    requests(address: number): readonly number[] | undefined
    /** By pc: milliseconds of board time that the instruction took, allocating and collecting apart. */
    runningMs: ReadonlyMap<number, number>
    /**
     * By address of an object: the most that a structure had held when half of the run was over; of a list
     * how many elements it had then.
     */
    mostBefore: ReadonlyMap<number, number>
    /** By index of a function: pc of its first instruction. */
    functionStarts: readonly number[]
    /** Names the place of the program at a pc that points past its instruction. */
    lineOf(pc: number): StackFrame | undefined
    /** The source from the statement on that such a pc belongs to. */
    statementAt(pc: number): string | undefined
    /** The source from the declaration on of a function, of its class for a constructor. */
    declarationText(functionStart: number): string | undefined
}

/** Objects that a queue had at one look or another. */
export interface QueuedObjects {
    className: string
    /** With the values of all looks. */
    fields: readonly Field[]
    /** Those of the last look that met any. */
    objects: readonly GraphNode[]
}

/** The live objects, and who holds what. */
export class HeapIndex {
    readonly nodes: readonly GraphNode[]
    private readonly heldBy: { from: GraphNode; edge: GraphEdge }[][]

    constructor({ nodes }: HeapGraph) {
        this.nodes = nodes
        this.heldBy = nodes.map(() => [])
        for (const from of nodes)
            for (const edge of from.edges) this.heldBy[edge.to]!.push({ from, edge })
    }

    /** The program's own objects of a type. */
    ofType(...types: GraphNode["type"][]): GraphNode[] {
        return this.nodes.filter(
            node => node.kind === "block" && !node.isRuntime && types.includes(node.type),
        )
    }

    holders(node: GraphNode): readonly { from: GraphNode; edge: GraphEdge }[] {
        return this.heldBy[node.id]!
    }

    /** Arrays that hold these objects and nothing else. */
    listsOf(objects: readonly GraphNode[]): GraphNode[] {
        const members = new Set(objects.map(({ id }) => id))
        const lists = new Set<GraphNode>()
        for (const object of objects)
            for (const { from } of this.holders(object)) if (from.type === "array") lists.add(from)
        return [...lists].filter(
            ({ edges, scalars = [] }) =>
                edges.every(({ to, kind }) => kind === "element" && members.has(to)) &&
                scalars.every(({ kind }) => kind === "undefined" || kind === "null"),
        )
    }
}

export function sumBytes(nodes: readonly GraphNode[]): number {
    return nodes.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The pc that made most of these objects, or most of them grow. */
export function commonPc(nodes: readonly GraphNode[]): number {
    const counts = new Map<number, number>()
    for (const { pc = 0 } of nodes) counts.set(pc, (counts.get(pc) ?? 0) + 1)
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}
