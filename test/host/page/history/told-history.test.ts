import fc from "fast-check"
import { expect, it } from "vitest"
import { ToldHistory } from "../../../../host/page/history/told-history"

it("keeps the latest, knows what number each has, and finds what was told up to a time", () => {
    fc.assert(
        fc.property(fc.array(fc.nat(5), { maxLength: 60 }), fc.nat(200), (gaps, ms) => {
            const history = new ToldHistory<{ atMs: number; number: number }>(10)
            let atMs = 0
            const told = gaps.map((gap, number) => ({ atMs: (atMs += gap), number }))
            for (const item of told) history.add(item)
            expect(history.all.length).toBeLessThanOrEqual(10)
            expect(history.all).toEqual(told.slice(history.dropped))
            const known = told.slice(history.dropped)
            expect(history.upTo(ms)).toEqual(known.filter(item => item.atMs <= ms))
            history.clear()
            expect(history.dropped).toBe(told.length)
        }),
    )
})
