import fc from "fast-check"
import { expect, test } from "vitest"
import { findDominators, retainedSizes } from "../../../../host/model/graph/dominators"

/** What the root reaches without ever entering `without`. */
function reach(edges: readonly number[][], without = -1): Set<number> {
    const seen = new Set<number>()
    const pending = without === 0 ? [] : [0]
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
        if (id === without || seen.has(id)) continue
        seen.add(id)
        pending.push(...edges[id]!)
    }
    return seen
}

const sizedGraph = fc.integer({ min: 1, max: 30 }).chain(count =>
    fc.record({
        edges: fc.array(fc.array(fc.nat(count - 1), { maxLength: 4 }), {
            minLength: count,
            maxLength: count,
        }),
        sizes: fc.array(fc.nat(1000), { minLength: count, maxLength: count }),
    }),
)

test("a retained size is what goes when its node is removed", () => {
    fc.assert(
        fc.property(sizedGraph, ({ edges, sizes }) => {
            const dominators = findDominators({
                count: edges.length,
                successors: id => edges[id]!,
            })
            const retained = retainedSizes(dominators, id => sizes[id]!)
            const all = reach(edges)
            edges.forEach((_, id) => {
                const left = reach(edges, id)
                const gone = [...all].filter(other => !left.has(other))
                const bytes = gone.reduce((sum, other) => sum + sizes[other]!, 0)
                expect(retained[id], `node ${id}`).toBe(all.has(id) ? bytes : 0)
            })
        }),
        { numRuns: 1000 },
    )
})

test("an immediate dominator is the last of all nodes that every path leads through", () => {
    fc.assert(
        fc.property(sizedGraph, ({ edges }) => {
            const { immediate, order } = findDominators({
                count: edges.length,
                successors: id => edges[id]!,
            })
            const all = reach(edges)
            const without = edges.map((_, id) => reach(edges, id))
            expect(new Set(order)).toEqual(all)
            edges.forEach((_, id) => {
                const strict = [...all].filter(other => other !== id && !without[other]!.has(id))
                if (id === 0 || !all.has(id)) return expect(immediate[id]).toBe(-1)
                // Of two dominators of a node, the nearer one is what the farther one dominates.
                const nearest = strict.find(a => strict.every(b => b === a || !without[b]!.has(a)))
                expect(immediate[id]).toBe(nearest)
            })
        }),
        { numRuns: 1000 },
    )
})

test("a list of 100,000 needs neither a deep stack nor quadratic time", () => {
    const count = 100_000
    const dominators = findDominators({
        count,
        successors: id => (id + 1 < count ? [id + 1] : []),
    })
    expect(retainedSizes(dominators, () => 16)[0]).toBe(16 * count)
})
