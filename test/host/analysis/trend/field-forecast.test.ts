import fc from "fast-check"
import { expect, test } from "vitest"
import { FieldForecast } from "../../../../host/analysis/trend/field-forecast"

const CAPACITY = 65_524
const CYCLE = CAPACITY / 4
const MINUTE = 60_000

interface Board {
    /** Bytes live at its start, and a second of a report more. */
    liveBytes: number
    perReport: number
    /** Bytes that come and go from one report to the next. */
    churnBytes: number
    reports: number
}

/** What the probes of a board are like that reports each second: they rise until a collection. */
function reported({ liveBytes, perReport, churnBytes, reports }: Board): FieldForecast {
    const forecast = new FieldForecast(CAPACITY)
    let garbage = 0
    for (let seq = 3; seq < reports; seq++) {
        garbage += churnBytes + perReport
        if (garbage > CYCLE) garbage -= CYCLE
        const live = liveBytes + perReport * seq
        forecast.add({ seq, atMs: seq * 1000, fillBytes: Math.min(CAPACITY, live + garbage) })
    }
    return forecast
}

const board = {
    liveBytes: fc.integer({ min: 1500, max: 12_000 }),
    churnBytes: fc.integer({ min: 300, max: 3000 }),
}

test("what grows along a line dies in the range, told long before", () => {
    fc.assert(
        fc.property(
            fc.record({ ...board, lifeS: fc.integer({ min: 4000, max: 40_000 }) }),
            ({ lifeS, ...rest }) => {
                const perReport = (0.85 * CAPACITY - rest.liveBytes) / lifeS
                const death = reported({ ...rest, perReport, reports: lifeS / 2 }).death!
                expect(death.fromMs).toBeLessThanOrEqual(lifeS * 1000)
                expect(death.toMs).toBeGreaterThanOrEqual(lifeS * 1000)
                expect(death.fromMs).toBeLessThanOrEqual(death.atMs)
                expect(death.atMs).toBeLessThanOrEqual(death.toMs)
                expect(Math.abs(death.atMs / 1000 / lifeS - 1)).toBeLessThan(0.15)
            },
        ),
        { numRuns: 20 },
    )
})

test("nothing is told of what does not grow", () => {
    fc.assert(
        fc.property(fc.record(board), rest => {
            expect(reported({ ...rest, perReport: 0, reports: 10_000 }).death).toBeUndefined()
        }),
        { numRuns: 10 },
    )
})

test("nothing is told in the first twelve minutes, nor of what has come to its end", () => {
    const leak = { liveBytes: 2000, perReport: 20, churnBytes: 700 }
    expect(reported({ ...leak, reports: 700 }).death).toBeUndefined()
    expect(reported({ ...leak, reports: 900 }).death).toBeDefined()
    const forecast = new FieldForecast(CAPACITY)
    let garbage = 0
    for (let seq = 3; seq < 6000; seq++) {
        garbage = (garbage + 700) % CYCLE
        const fillBytes = 2000 + 10 * Math.min(seq, 1500) + garbage
        forecast.add({ seq, atMs: seq * 1000, fillBytes })
        if (seq * 1000 > 60 * MINUTE) expect(forecast.death).toBeUndefined()
    }
})
