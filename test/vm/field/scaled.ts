import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { SeededRandom } from "../../../host/base/seeded-random"
import type { Program } from "../../../host/model/program/program"
import { build, fromRoot } from "../harness"
import { withAgent } from "../with-agent"

const ENTRY = "test/vm/programs/growing/in-the-field"
/** Ignored by git. */
const FOLDER = "test/vm/programs/.devicescript/scaled"
/** Growth, and what comes and goes, is up to so many times as slow or as fast. */
const MOST = 2

/** A life in the field of what is known from the desk: how many times as slow it grows, and comes and goes. */
export interface Pace {
    growth: number
    churn: number
}

/** Drawn apart from each other, as evenly on a scale of factors. */
export function paceOf(number: number): Pace {
    const random = new SeededRandom(Math.imul(number, 0x9e3779b1) >>> 0)
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 20; i++) random.fraction()
    const factor = () => MOST ** (2 * random.fraction() - 1)
    return { growth: factor(), churn: factor() }
}

/** The program of the boards in the field as it is. */
export function asWritten(): Promise<Program> {
    return build(withAgent(ENTRY))
}

/**
 * The same at another pace, and with other random numbers from its start on. Its periods are whole milliseconds.
 * @param number of the life, which says how many random numbers are left out
 */
export function atPace({ growth, churn }: Pace, number: number): Promise<Program> {
    const changes: [string, string][] = [
        ["draw(500, 2000) * slow", `Math.round(draw(500, 2000) * slow * ${growth})`],
        ["setInterval(busy, churnPeriod)", `setInterval(busy, Math.round(churnPeriod * ${churn}))`],
        ['console.log("kind "', `for (let i = 0; i <= ${number % 50}; i++) draw(0, 9)\n$&`],
    ]
    let text = readFileSync(fromRoot(`${ENTRY}.ts`), "utf8")
    for (const [from, to] of changes) {
        if (text.split(from).length !== 2) throw new Error(`in-the-field.ts has not one ${from}`)
        text = text.replace(from, to)
    }
    const name = createHash("sha256").update(text).digest("hex").slice(0, 16)
    mkdirSync(fromRoot(FOLDER), { recursive: true })
    writeFileSync(fromRoot(FOLDER, `${name}.ts`), text)
    return build(withAgent(`${FOLDER}/${name}`))
}
