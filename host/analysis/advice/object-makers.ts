import type { BlockType } from "../../model/heap/block"
import type { GraphNode } from "../../model/graph/graph"
import { eachCall, type CallNode } from "./call-nodes"
import { commonPc, type AdviceFacts } from "./advice-input"

/** What objects may be made of, besides themselves and the storage of their fields. */
const PARTS: readonly BlockType[] = ["array", "buffer"]
/** What a field holds is another one each time, whoever holds it. */
const TEXTS: readonly BlockType[] = ["string", "string-jmp"]
/** Share of the objects of a class that one place makes, if it makes them. */
const NEARLY_ALL = 0.8
/** How a class begins, which is what a constructor is declared by. */
const CLASS = /^(export\s+|default\s+|abstract\s+)*class\b/

/** All that making one kind of object allocates: what its constructor does, or its literal. */
export class Maker {
    /** Where the constructor stood, or the literal's parts were made. */
    private readonly nodes: CallNode[] = []
    /** Where the constructor was called, how often, and from which function. */
    private readonly callers = new Map<number, { objects: number; from: number | undefined }>()

    constructor(
        /** The class's name; undefined for a literal. */
        readonly name: string | undefined,
        /** pc of the literal, or of a call of the constructor. */
        private readonly firstPc: number,
        /** First instruction of the constructor; undefined for a literal. */
        readonly constructorStart: number | undefined,
    ) {}

    /** @param caller that called the constructor */
    add(node: CallNode, caller?: CallNode): void {
        this.nodes.push(node)
        if (!caller) return
        const known = this.callers.get(caller.pc)
        const objects = (known?.objects ?? 0) + node.of("map").blocks
        this.callers.set(caller.pc, { objects, from: caller.functionStart })
    }

    /** pc of the literal, or of the call of the constructor that made most of them. */
    get pc(): number {
        return this.mostly?.[0] ?? this.firstPc
    }

    /** Objects made and gone again by the end. */
    get count(): number {
        const first = this.nodes.filter(
            node => this.constructorStart === undefined || isStart(node),
        )
        return first.reduce((sum, node) => sum + node.of("map").blocks - node.of("map").live, 0)
    }

    /** Bytes allocated for them, without texts and without the constructor's frames. */
    get bytes(): number {
        const others: readonly BlockType[] = this.constructorStart
            ? TEXTS
            : [...TEXTS, "activation"]
        return this.sum(node => others.reduce((n, type) => n - node.of(type).bytes, node.ownBytes))
    }

    /** Whether they consist of more than their fields. */
    get hasParts(): boolean {
        const { count } = this
        const isPart = (type: BlockType) => this.sum(node => node.of(type).blocks) >= count
        return PARTS.some(isPart) || this.sum(node => node.of("map").blocks) >= 2 * count
    }

    /** The most of them that were there at the end or after a collection, told by what they consist of. */
    get kept(): number {
        const { count } = this
        const kept = this.inside().flatMap(node =>
            [...node.churn].map(([type, { blocks, live, survivors }]) =>
                // A class's own object is made once.
                type === "half-static-map"
                    ? 0
                    : Math.max(live, survivors) / Math.max(1, Math.floor(blocks / count)),
            ),
        )
        return Math.ceil(Math.max(0, ...kept))
    }

    /** pcs that allocate for them. */
    get pcs(): number[] {
        return [...this.inside().map(({ pc }) => pc), this.pc]
    }

    /** First instruction of the function that asked for nearly all of them. */
    get madeIn(): number | undefined {
        if (this.constructorStart === undefined) return this.nodes[0]?.functionStart
        const { objects = 0, from } = this.mostly?.[1] ?? {}
        return objects >= NEARLY_ALL * this.count ? from : undefined
    }

    /** Whether an object was made here: its pc points past the instruction. */
    made({ pc = 0 }: GraphNode): boolean {
        return this.constructorStart === undefined
            ? this.nodes.some(node => node.pc === pc - 1)
            : this.callers.has(pc - 1)
    }

    private get mostly() {
        return [...this.callers].sort(([, a], [, b]) => b.objects - a.objects)[0]
    }

    private sum(of: (node: CallNode) => number): number {
        return this.inside().reduce((sum, node) => sum + of(node), 0)
    }

    /** A constructor's calls are for the object; those in a literal's fields need not be. */
    private inside(): CallNode[] {
        return this.constructorStart === undefined ? this.nodes : [...eachCall(this.nodes)]
    }
}

/** Every place that makes objects, those inside a constructor left to it. */
export function makersIn({
    calls,
    declarationText,
}: Pick<AdviceFacts, "calls" | "declarationText">): Maker[] {
    const isConstructor = (node: CallNode) =>
        isStart(node) && makesObject(node) && CLASS.test(declarationText(node.pc) ?? "")
    const makers = new Map<string, Maker>()
    const makerOf = (key: string, make: () => Maker): Maker => {
        const maker = makers.get(key) ?? make()
        makers.set(key, maker)
        return maker
    }
    const visit = (nodes: readonly CallNode[], caller: CallNode | undefined) => {
        const constructors = new Set(nodes.filter(isConstructor).map(node => node.functionStart))
        for (const node of nodes) {
            const { line, within, functionStart, pc } = node
            const literal = `literal ${line.place}`
            if (caller && constructors.has(functionStart)) {
                const make = () => new Maker(within.function, caller.pc, functionStart)
                makerOf(`new ${functionStart}`, make).add(node, caller)
                continue
            }
            const isPart = makers.has(literal) && !isMadeWhole(node)
            if (node.isProgram && (isLiteral(node) || isPart))
                makerOf(literal, () => new Maker(undefined, pc, undefined)).add(node)
            visit(node.callees, node)
        }
    }
    visit(calls, undefined)
    return [...makers.values()]
}

/** Where objects were asked for: the call of their constructor rather than a line in it. */
export function makingPc(
    { makers }: { makers: readonly Maker[] },
    objects: readonly GraphNode[],
): number {
    const maker = makers.find(({ constructorStart }, i) => {
        return constructorStart !== undefined && objects.every(object => makers[i]!.made(object))
    })
    return maker ? maker.pc + 1 : commonPc(objects)
}

/** Bytes allocated over the run to make objects of these kinds, their constructors' frames included. */
export function makingBytes(
    { makers, frames }: Pick<AdviceFacts, "frames"> & { makers: readonly Maker[] },
    objects: readonly GraphNode[],
): number {
    return makers
        .filter(maker => objects.some(object => maker.made(object)))
        .reduce((sum, { bytes, constructorStart }) => {
            return sum + bytes + (frames.get(constructorStart ?? -1)?.bytes ?? 0)
        }, 0)
}

function isStart({ pc, functionStart }: CallNode): boolean {
    return pc === functionStart
}

function makesObject(node: CallNode): boolean {
    return node.of("map").blocks > 0
}

/** The storage of a literal's fields is made by other instructions; a built-in function makes all at once. */
function isLiteral(node: CallNode): boolean {
    return makesObject(node) && !isMadeWhole(node)
}

function isMadeWhole(node: CallNode): boolean {
    return makesObject(node) && node.of("bytes").blocks > 0
}
