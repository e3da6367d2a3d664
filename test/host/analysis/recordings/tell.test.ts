import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Distribution } from "../../../../host/analysis/recordings/distribution"
import { tell, tellCounts, tellDeaths } from "../../../../host/analysis/recordings/tell"

const bytes = fc.nat(65_524)
/** What is told, and what is true: within the error of it. */
const estimates = fc.array(
    fc
        .tuple(bytes, fc.nat(9000), fc.integer({ min: -1000, max: 1000 }))
        .map(([value, error, by]) => ({
            ...{ value, error },
            truth: Math.max(0, value + (error * by) / 1000),
        })),
    { minLength: 1, maxLength: 30 },
)
const exact = (value: number) => ({ value, low: value, high: value })
const alike = { a: 60_000, b: 60_000 }

describe("as long as each value lies within its error", () => {
    const FIGURES = ["median", "most", "least"] as const

    test.each(FIGURES)("so does the %s", figure => {
        fc.assert(
            fc.property(estimates, all => {
                const [told, true_] = [new Distribution(), new Distribution()]
                for (const { value, error, truth } of all) {
                    told.add(value, error)
                    true_.add(truth)
                }
                const { low, high } = told[figure]()!
                const { value } = true_[figure]()!
                expect(low).toBeLessThanOrEqual(value)
                expect(high).toBeGreaterThanOrEqual(value)
            }),
        )
    })

    test("nothing is told the wrong way round, and nothing is the same", () => {
        fc.assert(
            fc.property(estimates, estimates, (inA, inB) => {
                const [a, b] = [inA, inB].map(all => {
                    const [told, true_] = [new Distribution(), new Distribution()]
                    for (const { value, error, truth } of all) {
                        told.add(value, error)
                        true_.add(truth)
                    }
                    return { told: told.median()!, truth: true_.median()!.value }
                }) as [{ told: ReturnType<typeof exact>; truth: number }, never]
                const told = tell(a.told, (b as typeof a).told, { better: "lower", lengths: alike })
                const truth = (b as typeof a).truth - a.truth
                if (told === "better") expect(truth).toBeLessThan(0)
                if (told === "worse") expect(truth).toBeGreaterThan(0)
            }),
        )
    })
})

test("exact figures are told to the byte", () => {
    const how = { better: "lower", lengths: alike } as const
    expect(tell(exact(5000), exact(4999), how)).toBe("better")
    expect(tell(exact(5000), exact(5001), how)).toBe("worse")
    expect(tell(exact(5000), exact(5000), how)).toBe("same")
    expect(tell(exact(5000), exact(5001), { ...how, better: null })).toBe("other")
})

test("equal estimates are not the same", () => {
    const estimate = { value: 5000, low: 4000, high: 6000 }
    expect(tell(estimate, estimate, { better: "lower", lengths: alike })).toBe("not-told")
    expect(tell(estimate, exact(6001), { better: "lower", lengths: alike })).toBe("worse")
})

describe("of the shorter recording", () => {
    const lengths = { a: 600_000, b: 60_000 }

    test("a lower high-water mark is not told, a higher one is", () => {
        const how = { better: "lower", course: "rises", lengths } as const
        expect(tell(exact(9000), exact(4000), how)).toBe("not-told")
        expect(tell(exact(9000), exact(9001), how)).toBe("worse")
        expect(tell(exact(9000), exact(4000), { ...how, lengths: alike })).toBe("better")
    })

    test("a larger least block is not told, a smaller one is", () => {
        const how = { better: "higher", course: "falls", lengths } as const
        expect(tell(exact(4000), exact(9000), how)).toBe("not-told")
        expect(tell(exact(9000), exact(4000), how)).toBe("worse")
    })

    test("that it lives is told when it did where the other had died", () => {
        expect(tellDeaths(70_000, null, lengths)).toBe("not-told")
        expect(tellDeaths(50_000, null, lengths)).toBe("better")
        expect(tellDeaths(null, 50_000, lengths)).toBe("worse")
        expect(tellDeaths(null, null, lengths)).toBe("not-told")
    })
})

describe("counts", () => {
    const times = (a: number, b: number, lengths: { a: number; b: number }) =>
        tellCounts({ count: a }, { count: b }, lengths)
    const hour = 3_600_000

    test("are told one by one over the same time", () => {
        expect(times(5, 4, alike)).toBe("better")
        expect(times(5, 6, alike)).toBe("worse")
        expect(times(5, 5, alike)).toBe("same")
    })

    test("go by the hour over other times, one more or less aside", () => {
        expect(times(10, 100, { a: hour, b: 10 * hour })).toBe("not-told")
        expect(times(10, 50, { a: hour, b: 10 * hour })).toBe("better")
        expect(times(1, 0, { a: hour, b: hour / 6 })).toBe("not-told")
        expect(times(100, 106, { a: hour, b: 1.06 * hour })).toBe("not-told")
    })

    test("what happened, and never in about the same time, is told", () => {
        expect(times(1, 0, { a: hour, b: hour - 12 })).toBe("better")
        expect(times(0, 1, { a: hour, b: hour + 12 })).toBe("worse")
    })

    test("what is the least there was is never told to be fewer", () => {
        const least = { count: 5, isLeast: true }
        expect(tellCounts({ count: 50 }, least, alike)).toBe("not-told")
        expect(tellCounts({ count: 4 }, least, alike)).toBe("worse")
        expect(tellCounts(least, least, alike)).toBe("not-told")
    })
})
