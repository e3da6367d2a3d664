import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ReportCount } from "../../../../host/analysis/fleet/report-count"

function counted(...reports: [sequence: number, uptimeMs: number][]) {
    const count = new ReportCount()
    for (const [sequence, uptimeMs] of reports) count.take(sequence, uptimeMs)
    const { received, missed, doubled } = count
    return { received, missed, doubled }
}

describe("the count of a board's reports", () => {
    it("tells what never came, and what came twice", () => {
        expect(counted([5, 500], [6, 600], [9, 900], [9, 900], [6, 600], [10, 1000])).toEqual({
            received: 4,
            missed: 2,
            doubled: 2,
        })
    })

    it("begins anew with its board, whose first reports may be missing", () => {
        expect(counted([7, 700], [8, 800], [2, 30], [3, 40])).toEqual({
            received: 4,
            missed: 2,
            doubled: 0,
        })
    })

    it("accounts for every report, whatever is lost or doubled on the way", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(2), { maxLength: 300 }), fates => {
                const count = new ReportCount()
                // The first and the last one come: between them, all can be told.
                const all = [1, ...fates, 1]
                all.forEach((times, sequence) => {
                    for (let i = 0; i < times; i++) count.take(sequence, 1000 * sequence)
                })
                const { received, missed, doubled } = count
                expect(received).toBe(all.filter(times => times > 0).length)
                expect(missed).toBe(all.filter(times => times === 0).length)
                expect(doubled).toBe(all.filter(times => times === 2).length)
            }),
        )
    })
})
