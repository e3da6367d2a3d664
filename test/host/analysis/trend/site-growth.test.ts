import { expect, test } from "vitest"
import { SiteGrowth } from "../../../../host/analysis/trend/site-growth"

/** Two functions of two places each: the first keeps what its second place allocates. */
const functionOf = (pc: number) => (pc < 100 ? 1 : 2)
const KEEPS = [10, 20] as const
const PASSES = [110, 120] as const

/** A life of so many seconds: each, one place of each function allocates for nothing, and one is kept. */
function lived(seconds: number, keptBytes: (second: number) => number) {
    const growth = new SiteGrowth(functionOf)
    const kept: { pc: number; bytes: number }[] = [{ pc: 120, bytes: 500 }]
    let looks = 0
    for (let [second, nextMs] = [0, 0]; second < seconds; second++) {
        growth.allocated(KEEPS[0], 24)
        for (const pc of PASSES) growth.allocated(pc, 1000)
        const bytes = keptBytes(second)
        if (bytes > 0) {
            growth.allocated(KEEPS[1], bytes)
            kept.push({ pc: KEEPS[1], bytes })
        }
        if (second * 1000 < nextMs) continue
        growth.look(nextMs, () => (looks++, kept))
        nextMs += growth.everyMs
    }
    return { growth: growth.growth, looks }
}

test("all that a function allocates is told whose live bytes grow, and of no other", () => {
    const { growth } = lived(2000, second => (second % 10 === 0 ? 40 : 0))
    for (const { atMs, allocatedBytes, largestBytes } of growth) {
        const second = atMs / 1000
        expect(allocatedBytes).toBe(24 * (second + 1) + 40 * (Math.floor(second / 10) + 1))
        expect(largestBytes).toBe(40)
    }
    expect(growth).toHaveLength(2000)
})

test("where nothing grows, nothing is told", () => {
    expect(lived(500, () => 0).growth).toEqual([])
    expect(new SiteGrowth(functionOf).growth).toEqual([])
})

test("a long life is looked at as evenly as a short one, and its heap seldom", () => {
    const { growth, looks } = lived(20_000, second => (second % 10 === 0 ? 40 : 0))
    expect(growth.length).toBeLessThanOrEqual(4096)
    expect(growth.length).toBeGreaterThan(2048)
    expect(looks).toBeLessThan(1000)
    const gaps = new Set(growth.slice(1).map(({ atMs }, i) => atMs - growth[i]!.atMs))
    expect(gaps.size).toBe(1)
    expect(growth.at(-1)!.allocatedBytes).toBeGreaterThan(24 * 19_900 + 40 * 1990)
})
