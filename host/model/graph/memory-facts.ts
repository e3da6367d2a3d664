import { ACTIVATION, CTX, MAP } from "../heap/layout"
import type { MemoryReader } from "../heap/memory-reader"
import { BUILTIN_OBJECTS } from "../program/builtin-names"
import type { ProgramImage } from "../program/program-image"
import type { GraphNode } from "./graph"
import type { ObjectFacts } from "./object-namer"

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

/** What memory and the program in flash tell of objects. */
export class MemoryFacts implements ObjectFacts {
    private readonly image: number
    private readonly fnProtos: number
    private readonly specProtos: number
    private byAddress: ReadonlyMap<number, GraphNode> = new Map()
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

    /** Name of an entry in one of the VM's tables by function or service. */
    shortKey(table: number, key: number): string {
        if (table === this.specProtos)
            return `${this.program.serviceName(key) ?? `Service ${key}`}.prototype`
        const name = this.program.functionName(key) ?? `function ${key}`
        return table === this.fnProtos ? `${name}.prototype` : name
    }

    nameFirst(nodes: readonly GraphNode[]): void {
        this.byAddress = new Map(nodes.map(node => [node.address, node]))
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
    }

    prototypeOf({ address }: GraphNode): string | undefined {
        const proto = this.reader.word(address + MAP.proto)
        const name = this.byAddress.get(proto)?.name
        if (name) return name
        return this.reader.isInHeap(proto) ? undefined : this.flashObject(proto)
    }

    builtinOf({ address }: GraphNode): string | undefined {
        return this.flashObject(this.reader.word(address + MAP.proto))
    }

    functionOf({ address }: GraphNode): string | undefined {
        const index = this.functionIndexOf(this.reader.word(address + ACTIVATION.func))
        if (index === undefined) return undefined
        return this.program.functionName(index) ?? `function ${index}`
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
