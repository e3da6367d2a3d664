import {
    ARRAY_BYTES,
    arrayRooms,
    blockBytes,
    bufferBytes,
    elementsBytes,
    objectBytes,
    textBytes,
} from "../../model/heap/object-sizes"
import type { BlockType } from "../../model/heap/block"
import type { EdgeKind, GraphNode, HeapGraph } from "../../model/graph/graph"
import { ACTIVATION, BOUND_FUNCTION, GIMAGE, LONG_STRING, PACKET } from "../../model/heap/layout"
import {
    BadAnswerError,
    isHeapObject,
    VALUE_TAG,
    type DebuggerValue,
} from "../debugger/debugger-format"

/** `v1` of an array or buffer: its length, below this. */
const HAS_NAMED = 0x80000000
/** The runtime keeps lengths in 16 bits. */
const MAX_LENGTH = 0xffff
/** A long text that is not ASCII has a table of offsets: an entry for so many characters. */
const CHARACTERS_A_JUMP = 16
const OFFSET_BYTES = 2

/** What a value that refers to an object says of it. */
interface ValueFacts {
    type: BlockType | undefined
    className?: string
    bytes: number
    length?: number
}

/**
 * The objects that a halted program has told of so far, each once. What they take is worked out from
 * their lengths: the debugger tells no sizes. The room of an array or an object is what it has when it
 * got its elements one after another.
 */
export class ReachableObjects {
    private readonly nodes: GraphNode[] = []
    private readonly byAddress = new Map<number, GraphNode>()
    /** Told of every object when it is met for the first time. */
    onNew: ((node: GraphNode, value: DebuggerValue) => void) | undefined

    /** By id. */
    get all(): readonly GraphNode[] {
        return this.nodes
    }

    /** A node that is not known by an address of the board. */
    add(node: Partial<GraphNode> & Pick<GraphNode, "kind" | "name">): GraphNode {
        const added: GraphNode = {
            type: undefined,
            address: 0,
            bytes: 0,
            className: node.type ?? node.kind,
            isRuntime: node.kind === "root" || node.kind === "group",
            ...node,
            id: this.nodes.length,
            edges: [],
        }
        this.nodes.push(added)
        return added
    }

    /** A group of what the VM starts from. */
    addGroup(root: GraphNode, name: string): GraphNode {
        const group = this.add({ kind: "group", name })
        this.connect(root, group, "internal", name)
        return group
    }

    connect(from: GraphNode, to: GraphNode, kind: EdgeKind, name: string, of?: string): void {
        from.edges.push({ to: to.id, kind, name, ...(of !== undefined && { functionName: of }) })
    }

    /** The object a value refers to, a new one if it was not known; undefined when it is to none. */
    of(value: DebuggerValue): GraphNode | undefined {
        if (!isHeapObject(value) || value.v0 === 0) return undefined
        const known = this.byAddress.get(value.v0)
        if (known) return known
        const node = this.add({
            kind: "block",
            name: "",
            address: value.v0,
            ...factsOf(value),
        })
        this.byAddress.set(value.v0, node)
        if (value.tag === VALUE_TAG.objPacket) this.addPayload(node, value.v1)
        this.onNew?.(node, value)
        return node
    }

    /** Everything so far. The memory nobody reaches is not known of: none is garbage here. */
    graph(): HeapGraph {
        const liveBytes = this.nodes.reduce((sum, { bytes }) => sum + bytes, 0)
        return { nodes: this.nodes, usedBytes: liveBytes, liveBytes, garbage: [] }
    }

    /** The debugger hands out what a packet carries, but not as an object. */
    private addPayload(packet: GraphNode, v1: number): void {
        const length = lengthOf(v1)
        const payload = this.add({
            kind: "block",
            name: "",
            type: "buffer",
            bytes: bufferBytes(length),
            length,
        })
        this.connect(packet, payload, "internal", "payload")
    }
}

/** Bytes of an object with so many entries, its storage included. */
export function mapBytes(entries: number): number {
    return objectBytes(entries).live
}

/** Bytes of an array with so many elements, its storage included. */
export function listBytes(elements: number): number {
    return ARRAY_BYTES + elementsBytes(arrayRooms(elements).at(-1) ?? 0)
}

/** Bytes of the block of a text of so many characters and, as UTF-8, bytes. */
export function stringBytes(characters: number, bytes: number): number {
    if (bytes === characters) return textBytes(bytes)
    const jumps = OFFSET_BYTES * Math.floor(characters / CHARACTERS_A_JUMP)
    return blockBytes(LONG_STRING.jumps + jumps + bytes + 1)
}

/** Bytes of a call frame with so many variables, in a function with so many `try` statements. */
export function frameBytes(variables: number, tries: number): number {
    return blockBytes(ACTIVATION.slots + 8 * variables + 2 * tries)
}

function factsOf({ tag, v1 }: DebuggerValue): ValueFacts {
    switch (tag) {
        case VALUE_TAG.objMap: {
            // One of its properties is its prototype.
            const length = Math.max(0, lengthOf(v1) - 1)
            return { type: "map", bytes: mapBytes(length), length }
        }
        case VALUE_TAG.objArray: {
            const length = lengthOf(v1)
            return { type: "array", bytes: listBytes(length), length }
        }
        case VALUE_TAG.objBuffer: {
            const length = lengthOf(v1)
            return { type: "buffer", bytes: bufferBytes(length), length }
        }
        case VALUE_TAG.objString:
            return { type: "string", bytes: textBytes(1) }
        case VALUE_TAG.objPacket:
            return { type: "packet", bytes: blockBytes(PACKET.payload + 4) }
        case VALUE_TAG.objBoundFunction:
            return { type: "bound-function", bytes: blockBytes(BOUND_FUNCTION.func + 8) }
        case VALUE_TAG.exotic:
        case VALUE_TAG.objStackFrame:
            return { type: "activation", bytes: frameBytes(0, 0) }
        case VALUE_TAG.unhandled:
            return { type: "image", bytes: blockBytes(GIMAGE.attached + 4) }
        default:
            return { type: undefined, className: "object", bytes: blockBytes(8) }
    }
}

function lengthOf(v1: number): number {
    const length = v1 % HAS_NAMED
    if (length > MAX_LENGTH) throw new BadAnswerError(`an object of ${length} elements`)
    return length
}
