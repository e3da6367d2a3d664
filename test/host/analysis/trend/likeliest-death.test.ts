import fc from "fast-check"
import { expect, test } from "vitest"
import { likeliestDeath, type PossibleDeath } from "../../../../host/analysis/trend/likeliest-death"

const near = (told: number, deaths: readonly PossibleDeath[]) =>
    deaths
        .filter(({ atMs }) => Math.abs(told / atMs - 1) <= 0.15 + 1e-9)
        .reduce((sum, { weight }) => sum + weight, 0)
const death = fc.record({
    atMs: fc.integer({ min: 1000, max: 3000 }),
    weight: fc.integer({ min: 1, max: 9 }),
})

test("no time would be near likelier deaths than the one that is told", () => {
    fc.assert(
        fc.property(fc.array(death, { minLength: 1, maxLength: 9 }), deaths => {
            const told = near(likeliestDeath(deaths), deaths)
            for (let ms = 800; ms <= 3600; ms += 5)
                expect(near(ms, deaths)).toBeLessThanOrEqual(told)
        }),
    )
})

test("of one death it is that, of two moves of a list the middle, of as many the sooner ones", () => {
    const told = (...deaths: number[]) => likeliestDeath(deaths.map(atMs => ({ atMs, weight: 1 })))
    expect(told(5000)).toBe(5000)
    expect(told(5000, 4000, 5000)).toBeCloseTo((1.15 * 4000 + 0.85 * 5000) / 2)
    expect(told(3000, 1010, 1000, 3900)).toBeCloseTo((1150 + 0.85 * 1010) / 2)
})
