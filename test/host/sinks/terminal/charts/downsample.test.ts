import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { downsample, usedCurve } from "../../../../../host/sinks/terminal/charts/downsample"
import { sawtooth } from "../sample-run"

const randomSamples = fc
    .array(
        fc.record({
            step: fc.integer({ min: 1, max: 500 }),
            used: fc.nat(65_524),
            live: fc.nat(65_524),
            collected: fc.nat(3),
        }),
        { minLength: 1, maxLength: 300 },
    )
    .map(steps => {
        const [base] = sawtooth(1, 0)
        let atMs = 0
        let collections = 0
        return steps.map(({ step, used, live, collected }) => {
            atMs += step
            collections += collected
            const usedBytes = Math.max(used, live)
            return { ...base!, atMs, usedBytes, liveBytes: Math.min(used, live), collections }
        })
    })

describe("downsample", () => {
    it("keeps the extremes of all samples and counts every collection once", () => {
        fc.assert(
            fc.property(randomSamples, fc.integer({ min: 1, max: 200 }), (samples, count) => {
                const toMs = samples.at(-1)!.atMs
                const columns = downsample(samples, count, { fromMs: 0, toMs })
                expect(columns).toHaveLength(count)
                const known = columns.filter(column => column !== undefined)
                const used = samples.map(sample => sample.usedBytes)
                const live = samples.map(sample => sample.liveBytes)
                expect(Math.max(...known.map(k => k.usedMax))).toBe(Math.max(...used))
                expect(Math.min(...known.map(k => k.usedMin))).toBe(Math.min(...used))
                expect(Math.max(...known.map(k => k.liveMax))).toBe(Math.max(...live))
                const curve = usedCurve(columns).filter(bytes => bytes !== undefined)
                expect(Math.max(...curve)).toBe(Math.max(...used))
                if (count % 2 === 0 && known.length % 2 === 0)
                    expect(Math.min(...curve)).toBe(Math.min(...used))
                const collections = known.reduce((sum, k) => sum + k.collections, 0)
                expect(collections).toBe(samples.at(-1)!.collections)
            }),
        )
    })

    it("puts each sample into the column of its time", () => {
        fc.assert(
            fc.property(randomSamples, fc.integer({ min: 1, max: 50 }), (samples, count) => {
                const toMs = samples.at(-1)!.atMs
                const columns = downsample(samples, count, { fromMs: 0, toMs })
                for (const { atMs, usedBytes } of samples) {
                    const column = columns[Math.min(count - 1, Math.floor((atMs / toMs) * count))]
                    expect(column!.usedMin).toBeLessThanOrEqual(usedBytes)
                    expect(column!.usedMax).toBeGreaterThanOrEqual(usedBytes)
                }
            }),
        )
    })

    it("holds the last value between samples, knows nothing before the first or after the end", () => {
        const [first, second] = sawtooth(2, 100)
        const samples = [
            { ...first!, atMs: 20 },
            { ...second!, atMs: 50 },
        ]
        const columns = downsample(samples, 10, { fromMs: 0, toMs: 100, endMs: 75 })
        expect(columns.map(column => column?.liveMax)).toEqual([
            ...[undefined, undefined, 3108, 3108, 3108, 3208, 3208, 3208, undefined, undefined],
        ])
    })

    it("starts a window with the value from before it", () => {
        const columns = downsample(sawtooth(11, 100), 4, { fromMs: 450, toMs: 1000 })
        expect(columns[0]?.liveMax).toBe(3108 + 5 * 100)
        const sparse = downsample(sawtooth(3, 100, 1000), 4, { fromMs: 500, toMs: 2500 })
        expect(sparse.map(column => column?.liveMax)).toEqual([3108, 3208, 3208, 3308])
    })

    it("bears no samples and no time", () => {
        expect(downsample([], 3, { fromMs: 0, toMs: 100 })).toEqual([
            undefined,
            undefined,
            undefined,
        ])
        const [only] = sawtooth(1, 0)
        expect(downsample([only!], 2, { fromMs: 0, toMs: 0 })[0]?.usedMax).toBe(3108)
    })
})

describe("usedCurve", () => {
    const curveOf = (used: number[], count: number) => {
        const [base] = sawtooth(1, 0)
        const samples = used.map((usedBytes, atMs) => ({ ...base!, atMs, usedBytes }))
        return usedCurve(downsample(samples, count, { fromMs: 0, toMs: used.length }))
    }

    it("shows the extremes of each two columns in the order they came", () => {
        expect(curveOf([5, 9, 1, 4], 4)).toEqual([5, 9, 1, 4])
        expect(curveOf([3, 5, 9, 7, 9, 8, 2, 4], 4)).toEqual([3, 9, 9, 2])
        expect(curveOf([4, 5, 1, 2, 1, 2, 8, 3], 4)).toEqual([5, 1, 1, 8])
    })

    it("keeps a dense sawtooth a sawtooth, and never loses the top of a lone column", () => {
        const teeth = Array.from({ length: 1000 }, (_, i) => i % 10)
        const curve = curveOf(teeth, 6)
        for (const first of [0, 2, 4]) expect(curve.slice(first, first + 2).sort()).toEqual([0, 9])
        expect(curveOf([1, 2, 3, 9, 2], 1)).toEqual([9])
    })
})
