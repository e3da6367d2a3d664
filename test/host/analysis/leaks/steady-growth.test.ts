import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    areEnough,
    mayHaveGrown,
    steadyGrowth,
    tellingLooks,
    windowsOf,
} from "../../../../host/analysis/leaks/steady-growth"

const MINUTE = 60_000
const RUN = 10 * MINUTE

/** Judges a quantity looked at 300 times, at times that no period can fall in step with. */
function judge(value: (atMs: number) => number, forMs = RUN) {
    const times = Array.from({ length: 300 }, (_, i) => ((i + wobble(i)) * forMs) / 300)
    return steadyGrowth({ times, values: times.map(at => Math.floor(value(at))) })
}

/** From 0 to 1, without a pattern. */
const wobble = (n: number) => (Math.imul(n + 1, 2654435761) >>> 8) / 2 ** 24

describe("grows", () => {
    test.each([
        ["steadily", (at: number) => at / 1000],
        ["slowly, in steps", (at: number) => at / (0.6 * MINUTE)],
        ["under a sawtooth", (at: number) => at / 2000 + ((at / 1000) % 40) * 5],
        ["under a long sawtooth", (at: number) => at / 500 + ((at / 1000) % 90)],
        ["under noise", (at: number) => at / 2000 + wobble(at) * 60],
        ["ever faster", (at: number) => (at / 20_000) ** 2],
        ["after a pause", (at: number) => Math.max(0, at - 2.5 * MINUTE) / 1000],
        ["after a burst", (at: number) => 5000 + at / 1000],
        ["in irregular steps", (at: number) => at / 9000 + 3 * wobble(Math.floor(at / 9000))],
    ])("%s", (_name, value) => {
        expect(judge(value)).toBeDefined()
    })
})

describe("does not grow:", () => {
    test.each([
        ["constant", () => 3632],
        ["noise", (at: number) => wobble(at) * 500],
        ["short sawtooth", (at: number) => (at / 50) % 40],
        ["sawtooth at the distance of looks", (at: number) => (at / 20) % 100],
        ["sawtooth of 4.5 minutes", (at: number) => (at % (4.5 * MINUTE)) / 1000],
        ["sawtooth of 9 minutes", (at: number) => (at % (9 * MINUTE)) / 1000],
        ["warm-up", (at: number) => Math.min(at, 2 * MINUTE) / 1000],
        ["long warm-up", (at: number) => Math.min(at, 7 * MINUTE) / 1000],
        ["saturating", (at: number) => 1000 * (1 - Math.exp(-at / (3 * MINUTE)))],
        ["a burst that stays", (at: number) => 200 * Math.floor(at / (5 * MINUTE))],
        ["a burst that goes", (at: number) => (at > 6 * MINUTE && at < 7 * MINUTE ? 900 : 20)],
        ["shrinking", (at: number) => 5000 - at / 1000],
        ["a digit more", (at: number) => String(Math.floor(at / 1000)).length],
    ])("%s", (_name, value) => {
        expect(judge(value)).toBeUndefined()
    })
})

test("any sawtooth that comes down within the time is none, whatever its period and phase", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 500, max: RUN * 0.95 }),
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.integer({ min: 10, max: 1000 }),
            (period, phase, height) => {
                const value = (at: number) => ((at / period + phase) % 1) * height
                // Only one that comes down in the judged time can be told from a leak.
                fc.pre(Math.floor(RUN / period + phase) > Math.floor((RUN * 0.4) / period + phase))
                expect(judge(value)).toBeUndefined()
            },
        ),
        { numRuns: 300, seed: 1 },
    )
})

test("a leak of any pace is one, and its growth is told", () => {
    fc.assert(
        fc.property(fc.integer({ min: 20, max: 5000 }), n => {
            const growth = judge(at => (at / RUN) * n)
            expect(growth).toBeDefined()
            const perRun = ((growth!.to - growth!.from) / (growth!.toMs - growth!.fromMs)) * RUN
            expect(Math.abs(perRun - n)).toBeLessThan(n * 0.1 + 4)
        }),
        { numRuns: 100, seed: 1 },
    )
})

test("what grows is never overlooked when only the telling looks are known", () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -3, max: 5 }))
    let growing = 0
    fc.assert(
        fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), steps => {
            const times: number[] = []
            const values: number[] = []
            for (const [distance, rise] of steps) {
                times.push((times.at(-1) ?? 0) + distance)
                values.push(Math.max(0, (values.at(-1) ?? 50) + rise))
            }
            fc.pre(areEnough(times))
            const growth = steadyGrowth({ times, values })
            if (!growth) return
            growing++
            const telling = tellingLooks(times)
            const known = values.map((value, i) => (telling.includes(i) ? value : NaN))
            expect(steadyGrowth({ times, values: known })).toBeDefined()
            const first = windowsOf(times)[0]!.map(i => values[i]!)
            expect(mayHaveGrown(Math.min(...first), values.at(-1)!)).toBe(true)
        }),
        { numRuns: 300, seed: 1 },
    )
    expect(growing).toBeGreaterThan(30)
})

test("too few looks tell nothing", () => {
    const times = Array.from({ length: 30 }, (_, i) => i * 1000)
    expect(steadyGrowth({ times, values: times })).toBeUndefined()
    expect(steadyGrowth({ times: [], values: [] })).toBeUndefined()
})
