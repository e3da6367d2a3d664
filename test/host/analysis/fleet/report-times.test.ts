import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ReportTimes } from "../../../../host/analysis/fleet/report-times"

describe("the times of reports", () => {
    it("are those at which they were made, though a broker kept some for a minute", () => {
        const times = new ReportTimes()
        const received = [1000, 2000, 63_000, 63_000, 63_000, 64_000]
        const uptimes = [1000, 2000, 3000, 4000, 63_000, 64_000]
        expect(uptimes.map((uptime, i) => times.at(uptime, received[i]!))).toEqual([
            1000, 2000, 3001, 4002, 63_000, 64_000,
        ])
    })

    it("rise, and are neither old nor of the future, whatever a board says", () => {
        const reports = fc.array(fc.tuple(fc.maxSafeNat(), fc.nat(100_000)), { maxLength: 50 })
        fc.assert(
            fc.property(reports, told => {
                const times = new ReportTimes()
                let [now, last] = [1_000_000, 0]
                for (const [uptimeMs, later] of told) {
                    now += later
                    const at = times.at(uptimeMs, now)!
                    expect(at).toBeGreaterThan(last)
                    expect(at).toBeLessThanOrEqual(now + 1000)
                    expect(at).toBeGreaterThan(now - 5 * 60_000 - 100)
                    last = at
                }
            }),
        )
    })

    it("are given to no more reports than a board can make", () => {
        const times = new ReportTimes()
        const given = Array.from({ length: 5000 }, () => times.at(7, 1_000_000))
        expect(given.filter(at => at !== undefined)).toHaveLength(1001)
    })
})
