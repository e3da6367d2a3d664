import { formatPercent } from "../../../base/format-units"
import { bufferBytes } from "../../../model/heap/object-sizes"
import type { GraphNode } from "../../../model/graph/graph"
import type { Advice } from "../../../documents/advice"
import { sumBytes, type HeapIndex } from "../advice-input"
import { onlyClassBytes } from "./numbers"
import type { StructureFigures } from "../structure-figures"
import type { AdviceContext } from "../rule"

/** Asked less often than this, a pool has not shown what it is good for. */
const MIN_ASKED = 20
/** A pool of which a smaller share comes back costs more than it spares. */
const MIN_REUSE = 0.1

type Finding = Omit<Advice, "at" | "count">

/** A pool whose things never come back: each of them could have been made when it was needed. */
export function withoutReuse(
    context: AdviceContext,
    node: GraphNode,
    { capacity, length, asked, hits }: StructureFigures,
    own: readonly GraphNode[],
): Finding | undefined {
    const { className: name = "" } = node
    const { index } = context
    if (!/^(Object|Block)Pool$/.test(name) || asked < MIN_ASKED || hits >= asked * MIN_REUSE)
        return undefined
    const lists = childrenOf(index, node).filter(({ type }) => type === "array")
    const items = lists.flatMap(list => childrenOf(index, list))
    // What is lent out stays; the free ones come first in an ObjectPool, and are all that nobody else holds.
    const free =
        name === "ObjectPool"
            ? items.slice(0, capacity - length)
            : items.filter(item => index.holders(item).length === 1)
    const parts = [node, ...lists, ...own, ...free.flatMap(one => alone(index, one))]
    const before = sumBytes(parts) + (own.length > 0 ? onlyClassBytes(context) : 0)
    const thing = name === "ObjectPool" ? "objects" : "blocks"
    return {
        what: `${named(name)} handed out ${thing} ${asked} times, ${hits} of them used before: they stay out`,
        instead: "make each when it is needed, without a pool: hardly one comes back",
        drops: name,
        live: { before, after: 0 },
        formula: `no pool, no list of its ${thing} and none that waits: 0 B`,
    }
}

/** A pool of blocks in sizes that nobody asks for: the inner waste of its classes. */
export function wastedClasses(
    { index, requests }: AdviceContext,
    node: GraphNode,
    { asked, handedBytes, wastedBytes }: StructureFigures,
): Finding | undefined {
    const sizes = childrenOf(index, node, "sizes")[0]?.scalars?.map(({ value }) => value as number)
    const blocks = childrenOf(index, node, "blocks").flatMap(list => childrenOf(index, list))
    const asks = requests(node.address)
    if (node.className !== "BlockPool" || !sizes || !asks || asked < MIN_ASKED) return undefined
    const fitting = sizes.map((size, i) => {
        const least = i === 0 ? 0 : sizes[i - 1]!
        const inClass = asks.filter(bytes => bytes > least && bytes <= size)
        return inClass.length === 0 ? size : Math.max(...inClass)
    })
    const bytesOf = (classes: readonly number[]) =>
        blocks.reduce((sum, { length = 0 }) => {
            return sum + bufferBytes(classes[sizes.indexOf(length)] ?? length)
        }, 0)
    const [before, after] = [bytesOf(sizes), bytesOf(fitting)]
    if (after >= before) return undefined
    return {
        what: `a BlockPool in sizes of ${sizes.join(", ")} B handed out ${handedBytes} B, of which ${formatPercent(wastedBytes / handedBytes)} nobody had asked for`,
        instead: `give it the sizes that are asked for: ${fitting.join(", ")} B; it refuses more by an error`,
        code: `new BlockPool(capacity, [${fitting.join(", ")}])`,
        live: { before, after },
        formula: `its ${blocks.length} blocks as large as the largest request of each size`,
    }
}

function childrenOf(index: HeapIndex, { edges }: GraphNode, property?: string): GraphNode[] {
    return edges
        .filter(({ kind, name }) =>
            property === undefined
                ? kind === "property" || kind === "element"
                : kind === "property" && name === property,
        )
        .map(({ to }) => index.nodes[to]!)
}

/** `a BlockPool`, `an Arena`. */
export function named(className: string): string {
    return `${/^[AEIO]/.test(className) ? "an" : "a"} ${className}`
}

/** An object, and what it alone holds. */
export function alone(index: HeapIndex, node: GraphNode): GraphNode[] {
    const all = [node]
    // What is found on the way is looked at in turn.
    for (let i = 0; i < all.length; i++)
        for (const child of childrenOf(index, all[i]!))
            if (index.holders(child).length === 1) all.push(child)
    return all
}
