import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { TrendFinder } from "../../../../host/analysis/trend/live-trend"

const HOUR = 3_600_000

/** The trend of live bytes as a function of time, looked at every `step` for `forMs`. */
function trendOf(live: (atMs: number) => number, forMs = HOUR, step = 5_000) {
    const finder = new TrendFinder()
    for (let at = step; at <= forMs; at += step) finder.add(at, Math.round(live(at)))
    return finder.trend()
}

const noise = (at: number, most: number) => (Math.imul(at, 2654435761) >>> 8) % most

describe("a leak", () => {
    test.each([
        ["steady", (at: number) => 2000 + at / 1000],
        ["slow", (at: number) => 2000 + at / 20_000],
        ["in steps", (at: number) => 2000 + 116 * Math.floor(at / 60_000)],
        ["under a sawtooth", (at: number) => 2000 + at / 1000 + ((at / 1000) % 40) * 50],
        ["under noise", (at: number) => 2000 + at / 500 + noise(at, 900)],
        ["that gets faster", (at: number) => 2000 + (at / 100_000) ** 2],
        ["with a pause at first", (at: number) => 2000 + Math.max(0, at - 600_000) / 1000],
    ])("%s is growing", (_name, live) => {
        expect(trendOf(live).verdict).toBe("growing")
    })

    test("the slope is in bytes an hour", () => {
        const { liveBytesPerHour } = trendOf(at => 2000 + at / 1000)
        expect(liveBytesPerHour).toBeGreaterThan(3400)
        expect(liveBytesPerHour).toBeLessThan(3800)
    })
})

describe("no leak", () => {
    test.each([
        ["constant", () => 3632],
        ["sawtooth", (at: number) => 2000 + ((at / 1000) % 600) * 20],
        ["noise", (at: number) => 2000 + noise(at, 4000)],
        ["warm-up to a third", (at: number) => 2000 + Math.min(at, HOUR / 3) / 100],
        ["warm-up to a half", (at: number) => 2000 + Math.min(at, HOUR / 2) / 100],
        ["saturating", (at: number) => 2000 + 9000 * (1 - Math.exp(-at / (HOUR / 12)))],
        ["shrinking", (at: number) => 9000 - at / 1000],
        ["one step", (at: number) => (at < HOUR * 0.6 ? 2000 : 2600)],
        ["a burst that goes", (at: number) => (at > HOUR / 2 && at < HOUR * 0.7 ? 9000 : 2000)],
    ])("%s is not growing", (_name, live) => {
        expect(trendOf(live).verdict).not.toBe("growing")
    })

    test("constant is flat, with no slope", () => {
        expect(trendOf(() => 3632)).toEqual({ liveBytesPerHour: 0, verdict: "flat" })
    })

    test("too few points are unclear", () => {
        expect(trendOf(at => at, 50_000).verdict).toBe("unclear")
        expect(new TrendFinder().trend().verdict).toBe("unclear")
    })
})

test("a day of points is judged like an hour of them", () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 50 }), slope => {
            const live = (at: number) => 2000 + (at / HOUR) * slope * 100
            const day = trendOf(live, 24 * HOUR, 4_000)
            expect(day.verdict).toBe("growing")
            expect(Math.abs(day.liveBytesPerHour - slope * 100)).toBeLessThan(slope * 5 + 2)
        }),
        { numRuns: 20 },
    )
})
