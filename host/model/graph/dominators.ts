/** Nodes by id from 0, the root, with their successors' ids. Nodes that the root does not reach are allowed. */
export interface FlowGraph {
    count: number
    successors(id: number): Iterable<number>
}

/** What every path from the root to a node leads through. */
export interface Dominators {
    /** By id: the last node that every path to it leads through; -1 for the root and what it does not reach. */
    immediate: Int32Array
    /** Ids the root reaches, each after its dominators. */
    order: Int32Array
}

/**
 * Finds immediate dominators as Lengauer and Tarjan do (1979), their links compressed: in m log n steps for
 * m references among n nodes, however they were arranged.
 */
export function findDominators(graph: FlowGraph): Dominators {
    const { order, parent, predecessors } = traverse(graph)
    const count = order.length
    // All by rank: the place in the order of the depth-first search. A smaller one is nearer to the root.
    const semi = Int32Array.from({ length: count }, (_, rank) => rank)
    const dominator = new Int32Array(count)
    const forest = new Forest(semi)
    // Lists of those that have the same semidominator.
    const first = new Int32Array(count).fill(-1)
    const next = new Int32Array(count).fill(-1)
    for (let rank = count - 1; rank > 0; rank--) {
        for (const from of predecessors[rank]!)
            semi[rank] = Math.min(semi[rank]!, semi[forest.least(from)]!)
        next[rank] = first[semi[rank]!]!
        first[semi[rank]!] = rank
        const above = parent[rank]!
        forest.link(above, rank)
        for (let other = first[above]!; other !== -1; other = next[other]!) {
            const least = forest.least(other)
            dominator[other] = semi[least]! < semi[other]! ? least : above
        }
        first[above] = -1
    }
    const immediate = new Int32Array(graph.count).fill(-1)
    for (let rank = 1; rank < count; rank++) {
        if (dominator[rank] !== semi[rank]) dominator[rank] = dominator[dominator[rank]!]!
        immediate[order[rank]!] = order[dominator[rank]!]!
    }
    return { immediate, order }
}

/**
 * Retained sizes: what would be freed with each node, itself included.
 * @param shallow size of each node by id
 * @returns by id; 0 for what the root does not reach
 */
export function retainedSizes(
    { immediate, order }: Dominators,
    shallow: (id: number) => number,
): Float64Array {
    const retained = new Float64Array(immediate.length)
    for (let i = order.length - 1; i >= 0; i--) {
        const id = order[i]!
        retained[id]! += shallow(id)
        const above = immediate[id]!
        if (above !== -1) retained[above]! += retained[id]!
    }
    return retained
}

/** The nodes that have been linked to those they were found from, which tells what is least above each. */
class Forest {
    private readonly above: Int32Array
    private readonly label: Int32Array
    private readonly path: number[] = []

    constructor(private readonly semi: Int32Array) {
        this.above = new Int32Array(semi.length).fill(-1)
        this.label = Int32Array.from(semi)
    }

    link(parent: number, child: number): void {
        this.above[child] = parent
    }

    /** Of a node and what it is linked below, its tree's root left out: the one with the least semidominator. */
    least(node: number): number {
        const { above, label, semi, path } = this
        if (above[node] === -1) return node
        let at = node
        for (; above[above[at]!] !== -1; at = above[at]!) path.push(at)
        const root = above[at]!
        for (let one = path.pop(); one !== undefined; one = path.pop()) {
            const over = above[one]!
            if (semi[label[over]!]! < semi[label[one]!]!) label[one] = label[over]!
            above[one] = root
        }
        return label[node]!
    }
}

/** Depth first without recursion: heaps hold lists of thousands. Parents and predecessors are by rank. */
function traverse({ count, successors }: FlowGraph) {
    const targets = Array.from({ length: count }, (): readonly number[] => [])
    const rankOf = new Int32Array(count).fill(-1)
    const followed = new Int32Array(count)
    const order: number[] = []
    const parent: number[] = []
    const path: number[] = []
    const enter = (id: number, from: number): void => {
        rankOf[id] = order.length
        order.push(id)
        parent.push(from)
        path.push(id)
        targets[id] = [...successors(id)]
    }
    enter(0, 0)
    for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
        const to = targets[id]![followed[id]!++]
        if (to === undefined) path.pop()
        else if (rankOf[to] === -1) enter(to, rankOf[id]!)
    }
    const predecessors = order.map((): number[] => [])
    order.forEach((id, rank) => targets[id]!.forEach(to => predecessors[rankOf[to]!]!.push(rank)))
    return { order: Int32Array.from(order), parent, predecessors }
}
