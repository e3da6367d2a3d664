import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { reach } from "../../host/analysis/advice/aim"
import { COMPLEXITY_OF } from "../../host/analysis/advice/price"
import { SeededRandom } from "../../host/base/seeded-random"
import { buildProgram } from "../../host/compiler/node/build"
import { adviseRun } from "../../host/tasks/advice-run"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { run } from "../../host/simulator/run"
import { fromRoot, vm } from "./harness"

const COUNT = Number(process.env["HEAPSCOPE_AIMS"] ?? 1)
const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
const FOR = { forMs: 5000 }

const folder = mkdtempSync(fromRoot("devs", ".aim-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** A part of a program, of a shape that no other part has: the same data in the ordinary way, and as its advice has it, each on a line of its own. */
interface Part {
    ordinary: string
    advised: string
    /** The sum of some of it. */
    use: [ordinary: string, advised: string]
}

const PARTS: ((name: string, count: number) => Part)[] = [
    (name, count) => ({
        ordinary: `const ${name}: { ${name}a: number; ${name}b: number }[] = []; for (let i = 0; i < ${count}; i++) ${name}.push({ ${name}a: i & 0x7f, ${name}b: i % 100 })`,
        advised: `const ${name} = Buffer.alloc(${2 * count}); for (let i = 0; i < ${count}; i++) { ${name}[2 * i] = i & 0x7f; ${name}[2 * i + 1] = i % 100 }`,
        use: [`${name}[i].${name}a + ${name}[i].${name}b`, `${name}[2 * i] + ${name}[2 * i + 1]`],
    }),
    (name, count) => ({
        ordinary: `const ${name}: boolean[] = []; for (let i = 0; i < ${4 * count}; i++) ${name}.push(i % 3 === 0)`,
        advised: `const ${name} = Buffer.alloc(${(4 * count + 7) >> 3}); for (let i = 0; i < ${4 * count}; i++) if (i % 3 === 0) ${name}[i >> 3] = ${name}[i >> 3] | (1 << (i & 7))`,
        use: [`(${name}[i] ? 1 : 0)`, `((${name}[i >> 3] >> (i & 7)) & 1)`],
    }),
    (name, count) => {
        const bytes = Array.from({ length: count }, (_, i) => (7 * i + 3) & 0x7f)
        const hex = bytes.map(byte => byte.toString(16).padStart(2, "0")).join(" ")
        return {
            ordinary: `const ${name} = [${bytes.join(", ")}]`,
            advised: `const ${name} = hex\`${hex}\``,
            use: [`${name}[i]`, `${name}[i]`],
        }
    },
]

/** @param followed indices of the parts that are as their advice has them */
function source(parts: readonly Part[], followed: ReadonlySet<number>): string {
    const lines = parts.map((part, i) => (followed.has(i) ? part.advised : part.ordinary))
    const uses = parts.map(({ use }, i) => use[followed.has(i) ? 1 : 0])
    return [
        ...lines,
        "setInterval(() => {",
        "    let sum = 0",
        `    for (let i = 0; i < 30; i++) sum += ${uses.join(" + ")}`,
        "    console.log(sum)",
        "}, 500)",
        "",
    ].join("\n")
}

async function built(name: string, text: string) {
    const file = join(folder, `${name}.ts`)
    writeFileSync(file, text)
    return buildProgram(file, { cwd: folder })
}

const seeds = Array.from({ length: COUNT }, (_, i) => i + 1)

test.each(seeds)("exactly the named changes reach an aim, program %i", async seed => {
    const seeded = new SeededRandom(seed * 0x9e3779b9)
    const random = () => seeded.fraction()
    const pick = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
    const parts = Array.from({ length: pick(3, 5) }, (_, i) =>
        PARTS[pick(0, PARTS.length - 1)]!(`part${i}`, pick(32, 90)),
    )
    const program = await built(`before${seed}`, source(parts, new Set()))
    const options = { program, board, ...FOR }
    const { report } = await adviseRun(vm, options)
    const all = reach({ figure: "live", most: 0, words: "" }, report.heap, report.advice!)
    expect(all.aim.state).toBe("missed")
    const possible = all.aim.before - all.aim.after!
    const most = Math.round(all.aim.before - possible * (0.15 + 0.75 * random()))

    const aimed = (await adviseRun(vm, options, [], { figure: "live", most, words: "" })).report
    expect(aimed.aim!.state).toBe("reached")
    expect(aimed.aim!.after).toBeLessThanOrEqual(most)
    const named = aimed.advice!.map(({ at }) => at!.line - 1)
    expect(named.length).toBeGreaterThan(0)
    expect(new Set(named).size).toBe(named.length)

    const liveWith = async (name: string, followed: readonly number[]) => {
        const changed = await built(name, source(parts, new Set(followed)))
        const { heap } = (await run(vm, { ...options, program: changed })).report
        return heap.highWaterLiveBytes
    }
    expect(await liveWith(`after${seed}`, named)).toBeLessThanOrEqual(most)
    for (const left of named)
        expect(
            await liveWith(
                `without${seed}-${left}`,
                named.filter(line => line !== left),
            ),
        ).toBeGreaterThan(most)
})

test("an advice is as hard as the lesson of its technique says", () => {
    const said = Object.fromEntries(listLessons().map(({ name, complexity }) => [name, complexity]))
    expect(COMPLEXITY_OF).toEqual(said)
})
