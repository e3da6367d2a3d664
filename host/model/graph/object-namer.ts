import type { GraphNode } from "./graph"

/** An object without a class is known by its first keys. */
const MAX_KEYS = 4

/** What is known of objects by how they were read: from memory, or from what a debugger tells. */
export interface ObjectFacts {
    /** Names prototypes and the like: they give their names to others. @param keys by object, in order */
    nameFirst(nodes: readonly GraphNode[], keys: ReadonlyMap<GraphNode, readonly string[]>): void
    /** Name of what an object inherits from: `Order.prototype`; undefined when nobody tells. */
    prototypeOf(node: GraphNode): string | undefined
    /** Name of the built-in object that has this table; undefined when nobody tells. */
    builtinOf(node: GraphNode): string | undefined
    /** Name of the function that a call frame is of; undefined when nobody tells. */
    functionOf(node: GraphNode): string | undefined
}

/** Tells what objects are instances of. */
export class ObjectNamer {
    private readonly keys = new Map<GraphNode, readonly string[]>()

    constructor(private readonly facts: ObjectFacts) {}

    /** To be told of every object's keys, in their order. */
    setKeys(node: GraphNode, keys: readonly string[]): void {
        this.keys.set(node, keys)
    }

    /** Names every object, once all are known. */
    finish(nodes: readonly GraphNode[]): void {
        this.facts.nameFirst(nodes, this.keys)
        for (const node of nodes) {
            if (node.kind !== "block") continue
            if (node.className === (node.type ?? node.kind)) node.className = this.classOf(node)
            node.name ||= node.className
        }
    }

    private classOf(node: GraphNode): string {
        switch (node.type) {
            case "map":
                return this.classOfMap(node)
            case "half-static-map":
                node.name = this.facts.builtinOf(node) ?? "built-in object"
                node.isRuntime = true
                return "built-in object"
            case "short-map":
                node.isRuntime = true
                return "table"
            case "activation":
                return `frame of ${this.facts.functionOf(node) ?? "?"}`
            case "array":
                return "Array"
            case "buffer":
                return "Buffer"
            case "string":
            case "string-jmp":
                return "string"
            case "bound-function":
                return "bound method"
            default:
                return node.type ?? node.kind
        }
    }

    private classOfMap(node: GraphNode): string {
        const prototype = this.facts.prototypeOf(node)
        if (prototype && prototype !== "Object.prototype")
            return prototype.replace(/\.prototype$/, "")
        // Keys written in the program lie in flash: one on the heap was made at run time.
        if (node.edges.some(({ kind }) => kind === "key")) return "dictionary"
        return shapeOf(this.keys.get(node) ?? [])
    }
}

/** `{id, cents, dishes}`: what an object without a class is known by. */
function shapeOf(keys: readonly string[]): string {
    const shown = keys.slice(0, MAX_KEYS)
    return `{${shown.join(", ")}${keys.length > shown.length ? ", …" : ""}}`
}
