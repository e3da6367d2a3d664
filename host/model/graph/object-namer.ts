import { ACTIVATION, CTX, MAP } from "../heap/layout"
import { BUILTIN_OBJECTS } from "../program/builtin-names"
import type { GraphNode } from "./graph"
import type { MemoryReader } from "../heap/memory-reader"
import type { ProgramImage } from "../program/program-image"

/** An object without a class is known by its first keys. */
const MAX_KEYS = 4
/** `devs_builtin_proto_t` */
const BUILTIN_PROTO_BYTES = 12
/**
 * Built-in objects that get a table of their own on the heap, in the order of the VM's list of them
 * (`builtin_proto_idx` in `objects.c`).
 */
export const HALF_STATIC_OBJECTS: readonly string[] = [
    ...["Math", "Buffer_prototype", "Array_prototype", "String_prototype"],
    ...["DsRegister_prototype", "DsRole_prototype", "DsEvent_prototype", "DeviceScript"],
    ...["Image_prototype", "Buffer", "GPIO_prototype", "GPIO"],
]

/** Tells what objects are instances of, and what the VM's own tables are. */
export class ObjectNamer {
    private readonly image: number
    private readonly fnProtos: number
    private readonly specProtos: number
    private readonly keys = new Map<GraphNode, readonly string[]>()
    /** Address of the first built-in prototype in flash, once one of them is known. */
    private readonly builtinProtos: number | undefined

    constructor(
        private readonly ctx: number,
        private readonly reader: MemoryReader,
        private readonly program: ProgramImage,
    ) {
        const at = (offset: number) => (ctx === 0 ? 0 : reader.word(ctx + offset))
        this.image = at(CTX.image)
        this.fnProtos = at(CTX.fnProtos)
        this.specProtos = at(CTX.specProtos)
        this.builtinProtos = ctx === 0 ? undefined : this.findBuiltinProtos()
    }

    /** Index of the function whose description lies at this address. */
    functionIndexOf(func: number): number | undefined {
        return this.program.functionIndexAt(func - this.image)
    }

    /** To be told of every object's keys, in their order. */
    setKeys(node: GraphNode, keys: readonly string[]): void {
        this.keys.set(node, keys)
    }

    /** Name of an entry in one of the VM's tables by function or service. */
    shortKey(table: number, key: number): string {
        if (table === this.specProtos)
            return `${this.program.serviceName(key) ?? `Service ${key}`}.prototype`
        const name = this.program.functionName(key) ?? `function ${key}`
        return table === this.fnProtos ? `${name}.prototype` : name
    }

    /** Names every object, once all are known. */
    finish(nodes: readonly GraphNode[]): void {
        const byAddress = new Map(nodes.map(node => [node.address, node]))
        const classes = new Map([
            [this.fnProtos, "class prototype"],
            [this.specProtos, "service prototype"],
        ])
        for (const table of nodes.filter(({ type }) => type === "short-map"))
            for (const { to, name } of table.edges) {
                const node = nodes[to]
                if (!node) continue
                node.name = name
                node.className = classes.get(table.address) ?? "function properties"
            }
        for (const node of nodes) {
            if (node.kind !== "block") continue
            if (node.className === node.type) node.className = this.classOf(node, byAddress)
            node.name ||= node.className
        }
    }

    private classOf(node: GraphNode, byAddress: ReadonlyMap<number, GraphNode>): string {
        switch (node.type) {
            case "map":
                return this.classOfMap(node, byAddress)
            case "half-static-map": {
                const proto = this.reader.word(node.address + MAP.proto)
                node.name = this.flashObject(proto) ?? "built-in object"
                node.isRuntime = true
                return "built-in object"
            }
            case "short-map":
                node.isRuntime = true
                return "table"
            case "activation":
                return `frame of ${this.frameFunction(node.address)}`
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

    private classOfMap(node: GraphNode, byAddress: ReadonlyMap<number, GraphNode>): string {
        const proto = this.reader.word(node.address + MAP.proto)
        const name = byAddress.get(proto)?.name
        if (name) return name.replace(/\.prototype$/, "")
        const builtin = this.reader.isInHeap(proto) ? undefined : this.flashObject(proto)
        if (builtin !== undefined && builtin !== "Object.prototype")
            return builtin.replace(/\.prototype$/, "")
        // Keys written in the program lie in flash: one on the heap was made at run time.
        if (node.edges.some(({ kind }) => kind === "key")) return "dictionary"
        return shapeOf(this.keys.get(node) ?? [])
    }

    private frameFunction(address: number): string {
        const func = this.reader.word(address + ACTIVATION.func)
        const index = this.functionIndexOf(func)
        return index === undefined ? "?" : (this.program.functionName(index) ?? `function ${index}`)
    }

    /** Name of a prototype or built-in object that lies in flash. */
    private flashObject(address: number): string | undefined {
        const service = this.program.serviceName(this.program.serviceIndexAt(address - this.image))
        if (service !== undefined) return `${service}.prototype`
        if (this.builtinProtos === undefined) return undefined
        const index = (address - this.builtinProtos) / BUILTIN_PROTO_BYTES
        return BUILTIN_OBJECTS[index]?.replace("_", ".")
    }

    /** Any built-in object with a table on the heap tells where they all lie in flash. */
    private findBuiltinProtos(): number | undefined {
        const { reader, ctx } = this
        const tables = reader.word(ctx + CTX.builtinProtos)
        for (let i = 0; i < reader.byte(ctx + CTX.numBuiltinProtos); i++) {
            const table = reader.word(tables + 4 * i)
            if (table === 0) continue
            const index = BUILTIN_OBJECTS.indexOf(HALF_STATIC_OBJECTS[i] ?? "")
            return reader.word(table + MAP.proto) - BUILTIN_PROTO_BYTES * index
        }
        return undefined
    }
}

/** `{id, cents, dishes}`: what an object without a class is known by. */
export function shapeOf(keys: readonly string[]): string {
    const shown = keys.slice(0, MAX_KEYS)
    return `{${shown.join(", ")}${keys.length > shown.length ? ", …" : ""}}`
}
