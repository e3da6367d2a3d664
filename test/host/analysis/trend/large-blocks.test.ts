import fc from "fast-check"
import { expect, test } from "vitest"
import { LargeBlocks } from "../../../../host/analysis/trend/large-blocks"

test("turns are noted evenly over a run of any length, whole ones", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 2000 }),
            fc.integer({ min: 1, max: 80 }),
            (n, each) => {
                const large = new LargeBlocks()
                for (let turn = 1; turn <= n; turn++)
                    for (let i = 0; i < each; i++) {
                        large.add(1000 + i, turn + 0.5)
                        large.add(159, turn)
                    }
                const { turns, stride } = large
                expect(turns.length).toBeLessThanOrEqual(128)
                expect(turns.length).toBeGreaterThanOrEqual(Math.min(n, 64))
                for (const { blocks } of turns) {
                    expect(blocks).toHaveLength(Math.min(each, 64))
                    expect(blocks.at(-1)).toBe(1000 + each - 1)
                }
                const gaps = turns.slice(1).map(({ atMs }, i) => atMs - turns[i]!.atMs)
                expect(new Set(gaps)).toEqual(new Set(turns.length > 1 ? [stride] : []))
                expect(large.fork()).toEqual(large)
            },
        ),
        { numRuns: 30 },
    )
})
