/** The root: no call is open, the runtime itself allocates. */
export const ROOT = 0
/** Below it stand the paths that came when the tree was full, each with its innermost call only. */
export const OTHER_PATHS = 1

/** Labels below this are calls, by pc; those from here on say what was allocated, by type of block. */
export const FIRST_TYPE_LABEL = 0x10000

const NO_LABEL = -1
/** Twice the nodes of any program seen so far, and 10 MB. */
const MAX_NODES = 1 << 17

/**
 * The call paths of a run as a tree, made while it runs: a path leads from the root over one node a
 * call, outermost first, to a leaf for each type of block that was allocated there. Leaves hold what
 * was allocated. Integers only: a node is a number, and finding a child is one look into a hash table.
 *
 * A program can take more paths than memory holds. Once the tree is full, a new path is cut to its
 * innermost call, which keeps every sum by place right.
 */
export class PathTree {
    /** Nodes there are: numbers below this, each above its parent's. */
    size = 2
    /** By node: the node above it. */
    parents = new Int32Array(1024)
    /** By node: the pc of its call, or its type of block above `FIRST_TYPE_LABEL`. */
    labels = new Int32Array(1024)
    /** By node: allocations made there; only leaves have any. */
    allocations = new Float64Array(1024)
    /** By node: bytes allocated there; only leaves have any. */
    bytes = new Float64Array(1024)
    /** Nodes by the hash of their parent and label, 0 where there is none. */
    private slots = new Int32Array(2048)

    /** @param capacity nodes from which on new paths are cut */
    constructor(private readonly capacity = MAX_NODES) {
        this.labels[ROOT] = this.labels[OTHER_PATHS] = NO_LABEL
    }

    /** The node below `parent` for a call at this pc. */
    call(parent: number, pc: number): number {
        return this.find(parent, pc) || (this.isFull ? this.cut(pc) : this.make(parent, pc))
    }

    /** The leaf below `parent` for allocations of a type of block. */
    leaf(parent: number, type: number): number {
        const label = FIRST_TYPE_LABEL + type
        const found = this.find(parent, label)
        if (found !== 0) return found
        const pc = this.labels[parent]!
        const keeps = pc === NO_LABEL || !this.isFull || this.parents[parent] === OTHER_PATHS
        if (keeps) return this.make(parent, label)
        const place = this.cut(pc)
        return this.find(place, label) || this.make(place, label)
    }

    /** Notes an allocation at a leaf. */
    add(leaf: number, bytes: number): void {
        this.allocations[leaf]!++
        this.bytes[leaf]! += bytes
    }

    isLeaf(node: number): boolean {
        return this.labels[node]! >= FIRST_TYPE_LABEL
    }

    /** Number of the type of block a leaf is for. */
    typeOf(leaf: number): number {
        return this.labels[leaf]! - FIRST_TYPE_LABEL
    }

    private get isFull(): boolean {
        return this.size >= this.capacity
    }

    private cut(pc: number): number {
        return this.find(OTHER_PATHS, pc) || this.make(OTHER_PATHS, pc)
    }

    /** @returns 0, which is nobody's child, when there is none */
    private find(parent: number, label: number): number {
        const { slots, parents, labels } = this
        const mask = slots.length - 1
        for (let slot = hash(parent, label) & mask; ; slot = (slot + 1) & mask) {
            const node = slots[slot]!
            if (node === 0 || (parents[node] === parent && labels[node] === label)) return node
        }
    }

    private make(parent: number, label: number): number {
        if (this.size === this.parents.length) this.grow()
        const node = this.size++
        this.parents[node] = parent
        this.labels[node] = label
        this.enter(node)
        return node
    }

    private enter(node: number): void {
        const { slots } = this
        const mask = slots.length - 1
        let slot = hash(this.parents[node]!, this.labels[node]!) & mask
        while (slots[slot] !== 0) slot = (slot + 1) & mask
        slots[slot] = node
    }

    private grow(): void {
        const { parents, labels, allocations, bytes, size } = this
        ;(this.parents = new Int32Array(2 * size)).set(parents)
        ;(this.labels = new Int32Array(2 * size)).set(labels)
        ;(this.allocations = new Float64Array(2 * size)).set(allocations)
        ;(this.bytes = new Float64Array(2 * size)).set(bytes)
        this.slots = new Int32Array(4 * size)
        for (let node = OTHER_PATHS + 1; node < size; node++) this.enter(node)
    }
}

function hash(parent: number, label: number): number {
    const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(label, 0x85ebca6b)
    return mixed ^ (mixed >>> 15)
}
