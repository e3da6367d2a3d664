import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
    FIRST_TYPE_LABEL,
    OTHER_PATHS,
    PathTree,
    ROOT,
} from "../../../../host/analysis/profile/path-tree"

/** Allocations: the pcs of their calls, outermost first, a type of block, and bytes. */
const allocations = fc.array(
    fc.record({
        pcs: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 6 }),
        type: fc.integer({ min: 0, max: 15 }),
        bytes: fc.integer({ min: 8, max: 1000 }),
    }),
    { maxLength: 400 },
)
type Allocation = typeof allocations extends fc.Arbitrary<(infer A)[]> ? A : never

function fill(tree: PathTree, list: Allocation[]): void {
    for (const { pcs, type, bytes } of list) {
        const end = pcs.reduce((node, pc) => tree.call(node, pc), ROOT)
        tree.add(tree.leaf(end, type), bytes)
    }
}

/** Paths of all leaves as text, and what they hold. */
function leaves(tree: PathTree): Map<string, [number, number]> {
    const found = new Map<string, [number, number]>()
    for (let leaf = 0; leaf < tree.size; leaf++) {
        if (!tree.isLeaf(leaf)) continue
        const pcs: (number | string)[] = []
        for (let node = tree.parents[leaf]!; node !== ROOT; node = tree.parents[node]!)
            pcs.unshift(node === OTHER_PATHS ? "other" : tree.labels[node]!)
        const key = `${pcs.join()} ${tree.typeOf(leaf)}`
        expect(found.has(key)).toBe(false)
        found.set(key, [tree.allocations[leaf]!, tree.bytes[leaf]!])
    }
    return found
}

/** The same by what is easiest to believe: text for a key. */
function model(list: Allocation[], keyOf: (allocation: Allocation) => string) {
    const sums = new Map<string, [number, number]>()
    for (const allocation of list) {
        const [count, bytes] = sums.get(keyOf(allocation)) ?? [0, 0]
        sums.set(keyOf(allocation), [count + 1, bytes + allocation.bytes])
    }
    return sums
}

describe("path tree", () => {
    it("keeps what each path allocated", () => {
        fc.assert(
            fc.property(allocations, list => {
                const tree = new PathTree()
                fill(tree, list)
                const expected = model(list, ({ pcs, type }) => `${pcs.join()} ${type}`)
                expect(leaves(tree)).toEqual(expected)
            }),
        )
    })

    it("has parents before their children, whatever it grows to", () => {
        const tree = new PathTree()
        for (let i = 0; i < 5000; i++) tree.call(tree.call(ROOT, i % 70), i)
        expect(tree.size).toBe(2 + 70 + 5000)
        for (let node = 2; node < tree.size; node++) expect(tree.parents[node]).toBeLessThan(node)
    })

    it("cuts new paths once it is full, and every sum by innermost call stays right", () => {
        fc.assert(
            fc.property(allocations, fc.integer({ min: 2, max: 60 }), (list, capacity) => {
                const tree = new PathTree(capacity)
                fill(tree, list)
                // A place of its own for each pc and type is all it takes on.
                expect(tree.size).toBeLessThanOrEqual(capacity + 13 + 13 * 16 + 16)
                const innermost = new Map<string, [number, number]>()
                for (const [key, [count, bytes]] of leaves(tree)) {
                    const short = key.replace(/^.*,(?=\d+ )/, "").replace(/^other /, " ")
                    const sum = innermost.get(short) ?? [0, 0]
                    innermost.set(short, [sum[0] + count, sum[1] + bytes])
                }
                const expected = model(list, ({ pcs, type }) => `${pcs.at(-1) ?? ""} ${type}`)
                expect(innermost).toEqual(expected)
            }),
        )
    })

    it("tells calls and leaves apart up to the last pc", () => {
        const tree = new PathTree()
        const call = tree.call(ROOT, FIRST_TYPE_LABEL - 1)
        expect(tree.isLeaf(call)).toBe(false)
        expect(tree.isLeaf(tree.leaf(call, 0))).toBe(true)
    })
})
