import { ObjectPath } from "../leaks/object-path"
import { objectsByPath } from "../leaks/live-by-path"
import type { Part } from "../../documents/check/report"
import type { BlockType } from "../../model/heap/block"
import type { GraphNode, HeapGraph } from "../../model/graph/graph"
import type { StackFrame } from "../../model/figures"

/** Names the place of a pc that points past its instruction, with the text of its line. */
export type PlaceOf = (pc: number) => (StackFrame & { text?: string | undefined }) | undefined

/** A block beside those of a graph. */
interface LooseBlock {
    bytes: number
    pc: number
    what: string
}

/** What the kinds of block are called that have no class. */
const WORDS: Partial<Record<BlockType, string>> = {
    activation: "call frame",
    "bound-function": "bound function",
    string: "text",
    "string-jmp": "text",
    bytes: "storage",
}

/** What a block of a kind is called. */
export function wordOf(type: BlockType): string {
    return WORDS[type] ?? type
}

/**
 * Charges what is live to the lines that made it: their bytes add up to `liveBytes` of the graph and to
 * those beside it.
 * @param loose blocks that count, and that nothing holds
 */
export function liveParts(
    graph: HeapGraph,
    placeOf: PlaceOf,
    loose: readonly LooseBlock[] = [],
): Part[] {
    const parts = new PartSum(placeOf)
    const holders = holdersOf(graph)
    for (const node of graph.nodes) {
        const { bytes, storage, pc = 0, storagePc = 0 } = node
        const heldBy = holders.get(node)
        const what = classOf(node)
        const own = bytes - (storage?.bytes ?? 0)
        if (own > 0) parts.add(pc, { what, value: own, heldBy })
        if (storage) parts.add(storagePc, { what, value: storage.bytes, heldBy, isGrown: true })
    }
    for (const { bytes, pc, what } of loose) parts.add(pc, { what, value: bytes })
    return parts.all()
}

/** Charges sums by place to lines. */
export function siteParts(
    sites: readonly { pc: number; type: BlockType; value: number; count: number }[],
    placeOf: PlaceOf,
): Part[] {
    const parts = new PartSum(placeOf)
    for (const { pc, type, value, count } of sites)
        if (value > 0) parts.add(pc, { what: wordOf(type), value, count })
    return parts.all()
}

/** A call's frame says which call it is: its line does, too, and that is not another when it is renamed. */
function classOf({ kind, type, className, isRuntime, name }: GraphNode): string {
    if (kind === "group") return `table of ${name}`
    if (type === "activation") return wordOf("activation")
    if (type === "string" || type === "string-jmp") return wordOf("string")
    return className || (isRuntime ? name : type) || "runtime"
}

/** What each object is in: the way to it without its last step. */
function holdersOf(graph: HeapGraph): ReadonlyMap<GraphNode, string> {
    const holders = new Map<GraphNode, string>()
    for (const [path, nodes] of objectsByPath(graph, ObjectPath.root()))
        for (const node of nodes)
            if (!node.isRuntime && node.kind === "block")
                holders.set(node, path.parent?.text || path.text)
    return holders
}

interface Addend extends Pick<Part, "what" | "value" | "isGrown"> {
    heldBy?: string | undefined
    count?: number
}

/** Sums up what is alike. */
class PartSum {
    private readonly parts = new Map<string, Part>()

    constructor(private readonly placeOf: PlaceOf) {}

    add(pc: number, { what, value, heldBy, isGrown, count = 1 }: Addend): void {
        const place = pc === 0 ? undefined : this.placeOf(pc)
        const key = JSON.stringify([place?.file, place?.line, what, heldBy, isGrown])
        const part = this.parts.get(key)
        if (part) {
            part.value += value
            part.count += count
            return
        }
        this.parts.set(key, {
            ...(place && { function: place.function, file: place.file, line: place.line }),
            ...(place?.text !== undefined && { text: place.text }),
            what,
            ...(isGrown && { isGrown }),
            ...(heldBy && { heldBy }),
            ...{ value, count },
        })
    }

    all(): Part[] {
        return [...this.parts.values()].sort((a, b) => b.value - a.value)
    }
}
