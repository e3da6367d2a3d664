import { expect, test } from "vitest"
import { ProbeCycles, type Probe } from "../../../../host/analysis/trend/probe-cycles"
import { ProgramForecast } from "../../../../host/analysis/trend/program-forecast"
import { KnownLife } from "../../../../host/analysis/trend/program-life"

const CAPACITY = 65_524
const CYCLE = CAPACITY / 4
/** Of the life that is known. */
const DEATH_S = 10_000
const START_BYTES = 3000
const CHURN_BYTES = 900

/** What grows, in bytes live after a share of its life: along a line, or ever faster. */
const GROWTHS = {
    line: (share: number) => share,
    curve: (share: number) => share ** 1.5,
}
type Growth = keyof typeof GROWTHS

/** The probes of a board that reports each second: they rise until a collection. */
function* probes(growth: Growth, slower: number, churn: number, fromS: number, toS: number) {
    let garbage = 0
    for (let seq = 3; seq < toS; seq++) {
        garbage += CHURN_BYTES * churn
        if (garbage > CYCLE) garbage -= CYCLE
        const live =
            START_BYTES + 0.85 * CAPACITY * GROWTHS[growth](Math.min(1, seq / DEATH_S / slower))
        const fillBytes = Math.round(Math.min(CAPACITY, live + garbage))
        if (seq >= fromS) yield { seq, atMs: seq * 1000, fillBytes } satisfies Probe
    }
}

function known(growth: Growth): KnownLife {
    const cycles = new ProbeCycles()
    for (const probe of probes(growth, 1, 1, 0, DEATH_S)) cycles.add(probe)
    const looks = Array.from({ length: DEATH_S / 5 }, (_, i) => ({
        atMs: i * 5000,
        allocatedBytes: Math.round(0.85 * CAPACITY * GROWTHS[growth]((i * 5) / DEATH_S)),
        largestBytes: 60,
    }))
    return new KnownLife({
        ...{ capacityBytes: CAPACITY, deathsMs: [DEATH_S * 1000] },
        ...{ growth: looks, cycles: cycles.cycles },
    })
}
const LIVES = { line: known("line"), curve: known("curve") }

const PACES = [0.5, 2]
/** Whoever joins later has less to tell from: a few of these are told nothing yet, none anything wrong. */
const BOARDS = (["line", "curve"] as const).flatMap(growth =>
    PACES.flatMap(slower =>
        PACES.flatMap(churn => [0, 0.4].map(joined => ({ growth, slower, churn, joined }))),
    ),
)

test("the death of a board is told by a known life at its own pace, whatever comes and goes", () => {
    let told = 0
    for (const { growth, slower, churn, joined } of BOARDS) {
        const deathMs = 1000 * DEATH_S * slower
        const seenS = deathMs / 4000
        const forecast = new ProgramForecast({ life: LIVES[growth] }, CAPACITY)
        for (const probe of probes(growth, slower, churn, joined * seenS, seenS))
            forecast.add(probe)
        const { death } = forecast
        if (!death) continue
        told++
        expect(Math.abs(death.atMs / deathMs - 1)).toBeLessThan(0.1)
        expect(death.fromMs).toBeLessThanOrEqual(deathMs)
        expect(death.toMs).toBeGreaterThanOrEqual(deathMs)
    }
    expect(told).toBeGreaterThanOrEqual(0.95 * BOARDS.length)
})

test("nothing is told of a board that does not grow, though its program can", () => {
    for (const growth of ["line", "curve"] as const)
        for (const churn of PACES) {
            const forecast = new ProgramForecast({ life: LIVES[growth] }, CAPACITY)
            for (const probe of probes(growth, Infinity, churn, 0, 4000)) {
                forecast.add(probe)
                expect(forecast.death).toBeUndefined()
            }
        }
})

test("a life that becomes known later tells from all that was seen before", () => {
    const hand: { life: KnownLife | undefined } = { life: undefined }
    const forecast = new ProgramForecast(hand, CAPACITY)
    let count = 0
    for (const probe of probes("line", 1, 1, 0, 4000)) {
        if (count++ === 3000) {
            expect(forecast.death).toBeUndefined()
            hand.life = LIVES.line
        }
        forecast.add(probe)
    }
    expect(Math.abs(forecast.death!.atMs / 1000 / DEATH_S - 1)).toBeLessThan(0.1)
})
