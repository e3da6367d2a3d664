import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { expect, test } from "vitest"
import { KnownLife } from "../../host/analysis/trend/program-life"
import type { Probe } from "../../host/analysis/trend/probe-cycles"
import { ProgramForecast } from "../../host/analysis/trend/program-forecast"
import { capacityFor } from "../../host/model/heap/heap-memory"
import { liveOut } from "../../host/tasks/fleet/live-out"
import { lifeOf, seedOf, STILL } from "./field/lives"
import { asWritten, atPace, paceOf } from "./field/scaled"
import { build, fromRoot, vm } from "./harness"
import { shareOf } from "./share"
import { withAgent } from "./with-agent"

/** Lives of boards that leak. */
const LIVES = Number(process.env.HEAPSCOPE_FORECAST ?? 1)
const IS_WHOLE = LIVES >= 100
/** What the forecast was made by had other numbers: 60,000 to 60,045 and 70,070 to 70,499. A few of them are short. */
const FIRST = IS_WHOLE ? 70_500 : 70_032
const HEAP_BYTES = 65_536
const BOARD = { id: "test", chip: "rp2040", heapBytes: HEAP_BYTES } as const
const MAX_MS = 72 * 3_600_000
const PATIENCE_MS = 4 * 3_600_000
/** What was found for this commit before, so that a run that was interrupted goes on. */
const RUN = process.env.HEAPSCOPE_LONG_RUN
const KEPT = fromRoot("node_modules/.cache/forecast.ndjson")

/** A board whose program's life is known, and what was told of its death at a quarter of its life. */
interface Found {
    run?: string | undefined
    number: number
    /** What its program says it does; undefined of a board, or a program, that died of no leak of memory. */
    kind?: string
    told?: boolean
    /** Of the death that was told, as a share of the life. */
    error?: number
    isInRange?: boolean
    halfRange?: number
}

async function find(number: number): Promise<Found> {
    const known = await liveOut(
        vm,
        { program: await asWritten(), board: BOARD, forMs: MAX_MS, seed: seedOf(number) },
        false,
    )
    if (!known.life) return { number }
    const life = new KnownLife(known.life)
    const probes: Probe[] = []
    const program = await atPace(paceOf(number), number)
    const { kind, deathMs } = lifeOf(program, seedOf(number), MAX_MS, probe => probes.push(probe))
    if (deathMs === undefined) return { number }
    const forecast = new ProgramForecast({ life }, capacityFor(HEAP_BYTES))
    for (const probe of probes) if (probe.atMs <= deathMs / 4) forecast.add(probe)
    const { death } = forecast
    if (!death) return { number, kind, told: false }
    return {
        ...{ number, kind, told: true },
        error: death.atMs / deathMs - 1,
        isInRange: death.fromMs <= deathMs && deathMs <= death.toMs,
        halfRange: (death.toMs - death.fromMs) / 2 / death.atMs,
    }
}

test(
    "boards that leak: their death, told by how their program died at another pace",
    { timeout: PATIENCE_MS },
    async () => {
        const before = RUN && existsSync(KEPT) ? readFileSync(KEPT, "utf8").split("\n") : []
        const kept = before.filter(Boolean).map(line => JSON.parse(line) as Found)
        const found: Found[] = []
        for (let number = FIRST; found.length < LIVES; number++) {
            let one = kept.find(one => one.run === RUN && one.number === number)
            if (!one) {
                one = await find(number)
                if (RUN) {
                    mkdirSync(dirname(KEPT), { recursive: true })
                    appendFileSync(KEPT, JSON.stringify({ run: RUN, ...one }) + "\n")
                }
            }
            if (one.kind !== undefined) found.push(one)
        }
        const told = found.filter(one => one.told)
        const near = told.filter(({ error }) => Math.abs(error!) <= 0.15).length
        const inRange = told.filter(one => one.isInRange).length
        const half = told.map(one => one.halfRange!).sort((a, b) => a - b)[told.length >> 1] ?? 1
        console.log(
            `${found.length} lives from ${FIRST} on, of ${told.length} a death was told: ${near} within 15 %, ${inRange} in the range, half of it ${(100 * half).toFixed(1)} % at the median`,
        )
        if (IS_WHOLE)
            for (const kind of [...new Set(found.map(one => one.kind!))].sort()) {
                const of = told.filter(one => one.kind === kind)
                const close = of.filter(({ error }) => Math.abs(error!) <= 0.15).length
                const held = of.filter(one => one.isInRange).length
                const all = found.filter(one => one.kind === kind).length
                console.log(`${kind}: ${all}, ${of.length} told, ${close} near, ${held} in range`)
            }
        expect(told.length).toBeGreaterThanOrEqual(LIVES * (IS_WHOLE ? 0.9 : 0.5))
        expect(near).toBeGreaterThanOrEqual(told.length * (IS_WHOLE ? 0.85 : 0.5))
        expect(inRange).toBeGreaterThanOrEqual(told.length * (IS_WHOLE ? 0.9 : 0.5))
        expect(half).toBeLessThanOrEqual(IS_WHOLE ? 0.25 : 0.3)
    },
)

test(
    "a program that does not leak has no death to foretell by",
    { timeout: PATIENCE_MS },
    async () => {
        for (const name of IS_WHOLE ? STILL : shareOf(STILL, 1)) {
            const program = await build(withAgent(name))
            const forMs = IS_WHOLE ? 4 * 3_600_000 : 600_000
            const { life, ranMs } = await liveOut(vm, { program, board: BOARD, forMs }, false)
            expect([name, life]).toEqual([name, undefined])
            expect(ranMs).toBeGreaterThan(forMs / 2)
        }
    },
)
