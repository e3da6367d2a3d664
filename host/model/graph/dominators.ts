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

/** Finds immediate dominators with the iteration of Cooper, Harvey and Kennedy (2001). */
export function findDominators(graph: FlowGraph): Dominators {
    const order = reversePostorder(graph)
    const rank = new Int32Array(graph.count).fill(-1)
    order.forEach((id, i) => (rank[id] = i))
    const predecessors = predecessorsOf(graph, order)

    // By rank, so that a smaller number is nearer to the root.
    const dominator = new Int32Array(order.length).fill(-1)
    dominator[0] = 0
    const common = (a: number, b: number): number => {
        while (a !== b) {
            while (a > b) a = dominator[a]!
            while (b > a) b = dominator[b]!
        }
        return a
    }
    for (let changed = true; changed;) {
        changed = false
        for (let i = 1; i < order.length; i++) {
            let found = -1
            for (const id of predecessors[order[i]!]!) {
                const predecessor = rank[id]!
                if (dominator[predecessor] === -1) continue
                found = found === -1 ? predecessor : common(predecessor, found)
            }
            if (dominator[i] === found) continue
            dominator[i] = found
            changed = true
        }
    }

    const immediate = new Int32Array(graph.count).fill(-1)
    for (let i = 1; i < order.length; i++) immediate[order[i]!] = order[dominator[i]!]!
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

/** Depth first without recursion: heaps hold lists of thousands. */
function reversePostorder({ count, successors }: FlowGraph): Int32Array {
    const postorder: number[] = []
    const seen = new Uint8Array(count)
    const path = [{ id: 0, rest: successors(0)[Symbol.iterator]() }]
    seen[0] = 1
    for (let top = path.at(-1); top; top = path.at(-1)) {
        const next = top.rest.next()
        if (next.done) {
            postorder.push(top.id)
            path.pop()
        } else if (!seen[next.value]) {
            seen[next.value] = 1
            path.push({ id: next.value, rest: successors(next.value)[Symbol.iterator]() })
        }
    }
    return Int32Array.from(postorder.reverse())
}

function predecessorsOf({ count, successors }: FlowGraph, order: Int32Array): number[][] {
    const predecessors = Array.from({ length: count }, (): number[] => [])
    for (const id of order) for (const to of successors(id)) predecessors[to]!.push(id)
    return predecessors
}
