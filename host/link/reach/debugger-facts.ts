import { BUILTIN_OBJECTS } from "../../model/program/builtin-names"
import type { GraphNode, GraphScalar } from "../../model/graph/graph"
import type { ObjectFacts } from "../../model/graph/object-namer"
import { ProgramImage } from "../../model/program/program-image"
import { enclosingFunction, type PlacedNames } from "../../model/program/enclosing-function"
import { numberOf, SPECIAL, VALUE_TAG, type DebuggerValue } from "../debugger/debugger-format"

/** What is known of the program on the board. */
export interface NameSource {
    /** Its bytecode: without it keys and classes have no names. */
    image?: Uint8Array | undefined
    /** The compiler's names; without them variables have numbers. */
    names?: PlacedNames | undefined
}

/** Bits of a key that lies in flash, and its parts (`String` of the debugger's specification). */
const STATIC_KEY = { bits: 0x80000001, tagShift: 24, tag: 0x7f, index: 0x7fffff } as const
/** What a pin of the board has, and what it inherits from: a built-in object, though it tells of itself like any. */
const PIN = { keys: "gpio,label", prototype: "GPIO.prototype" } as const
/** A text's handle has its table in the top two bits. */
const TABLE_SHIFT = 14
/** Number of `try` statements in a function's description. */
const FUNCTION_TRIES = 14
const SPECIALS: Readonly<Record<number, Omit<GraphScalar, "name">>> = {
    [SPECIAL.undefined]: { kind: "undefined" },
    [SPECIAL.true]: { kind: "boolean", value: true },
    [SPECIAL.false]: { kind: "boolean", value: false },
    [SPECIAL.null]: { kind: "null" },
}

/** What the debugger and the program in its file tell of objects; the debugger itself knows numbers alone. */
export class DebuggerFacts implements ObjectFacts {
    private readonly image: ProgramImage
    /** By address of a call frame: the function it is of, and one that closes over it. */
    private readonly frames = new Map<number, number>()
    private readonly closures = new Map<number, number>()
    private readonly prototypes = new Map<GraphNode, { value: DebuggerValue; node?: GraphNode }>()
    /** By prototype of a class: the function that makes its instances. */
    private readonly classes = new Map<GraphNode, number>()

    constructor(private readonly source: NameSource) {
        this.image = new ProgramImage(source.image ?? new Uint8Array())
    }

    functionName(index: number): string {
        return this.image.functionName(index) ?? `function ${index}`
    }

    global(index: number): string {
        return this.source.names?.globals[index]?.name ?? `global ${index}`
    }

    /** Name of the function a value is, of one that is also a reference. */
    ofFunction({ functionIndex }: DebuggerValue): string | undefined {
        if (functionIndex === undefined) return undefined
        return this.image.functionName(functionIndex) ?? "built-in function"
    }

    /** A key's text if it lies in flash; undefined for one on the heap, `?` for one nobody knows. */
    staticText(key: number): string | undefined {
        const { bits, tagShift, tag, index } = STATIC_KEY
        if (key === 0) return "?"
        if ((key & bits) >>> 0 !== bits) return undefined
        return this.flashText((key >>> tagShift) & tag, (key >>> 1) & index) ?? "?"
    }

    /** What a value is that refers to no object. */
    scalar({ tag, v0, v1, functionIndex }: DebuggerValue): Omit<GraphScalar, "name"> {
        if (functionIndex !== undefined) return { kind: "function", value: functionIndex }
        switch (tag) {
            case VALUE_TAG.number:
                return { kind: "number", value: numberOf({ tag, v0, v1, functionIndex }) }
            case VALUE_TAG.special:
                return SPECIALS[v0] ?? { kind: "object" }
            case VALUE_TAG.fiber:
                return { kind: "fiber" }
            case VALUE_TAG.imgBuffer:
                return { kind: "buffer" }
            case VALUE_TAG.imgRole:
                return { kind: "role" }
        }
        if (tag <= VALUE_TAG.imgBuffer || tag > VALUE_TAG.imgStringUtf8) return { kind: "object" }
        const text = this.flashText(tag, v0)
        return { kind: "string", ...(text !== undefined && { value: text }) }
    }

    isFrameOf(address: number, functionIndex: number): void {
        this.frames.set(address, functionIndex)
    }

    isClosedOverBy(address: number, functionIndex: number): void {
        this.closures.set(address, functionIndex)
    }

    /** Names a call frame of so many variables. */
    nameFrame(node: GraphNode, count: number) {
        const { names, image } = this.source
        const closure = this.closures.get(node.address)
        const index =
            this.frames.get(node.address) ??
            (names && closure !== undefined ? enclosingFunction(names, closure) : undefined)
        // One of another length is of another function: the compiler made one in between.
        const slots = index === undefined ? undefined : names?.functions[index]?.slots
        const isKnown = index !== undefined && (!slots || slots.length === count)
        node.className = `frame of ${isKnown ? this.functionName(index) : "?"}`
        const at = isKnown ? this.image.functionOffset(index) : undefined
        return {
            variable: (slot: number) => (isKnown && slots?.[slot]?.name) || `slot ${slot}`,
            /** Of its `try` statements it keeps where they continue. */
            tries: at === undefined ? 0 : (image?.[at + FUNCTION_TRIES] ?? 0),
        }
    }

    setPrototype(node: GraphNode, value: DebuggerValue, prototype: GraphNode | undefined): void {
        this.prototypes.set(node, { value, ...(prototype && { node: prototype }) })
    }

    /** An object has a function as its `constructor`. */
    hasConstructor(node: GraphNode, functionIndex: number | undefined): void {
        if (functionIndex !== undefined) this.classes.set(node, functionIndex)
    }

    nameFirst(_nodes: readonly GraphNode[], keys: ReadonlyMap<GraphNode, readonly string[]>): void {
        for (const [object, { node }] of this.prototypes) {
            if (!node) continue
            if (keys.get(object)?.join() === PIN.keys) {
                Object.assign(node, { className: "built-in object", name: PIN.prototype })
                Object.assign(node, { type: "half-static-map", isRuntime: true })
                continue
            }
            const constructor = this.classes.get(node)
            const isService = constructor === undefined
            // A service's has nothing in it that can be seen.
            if (isService && keys.has(node)) continue
            node.className = isService ? "service prototype" : "class prototype"
            node.name = `${isService ? "service" : this.functionName(constructor)}.prototype`
            if (isService) node.type = "half-static-map"
            if (isService) node.isRuntime = true
        }
    }

    prototypeOf(object: GraphNode): string | undefined {
        const { value, node } = this.prototypes.get(object) ?? {}
        if (node) return node.name === PIN.prototype ? undefined : node.name
        return value?.tag === VALUE_TAG.builtinObject
            ? BUILTIN_OBJECTS[value.v0]?.replace("_", ".")
            : undefined
    }

    /** Tables of built-in objects are left alone, so none is met. */
    builtinOf(): undefined {
        return undefined
    }

    /** Of what a frame is, `nameFrame` has told as far as it is known. */
    functionOf(): undefined {
        return undefined
    }

    private flashText(tag: number, index: number): string | undefined {
        return this.image.string(((tag - VALUE_TAG.imgBuffer) << TABLE_SHIFT) | index)
    }
}
