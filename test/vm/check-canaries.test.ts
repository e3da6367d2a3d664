import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { checkRun } from "../../host/analysis/check"
import { differenceOf } from "../../host/analysis/budgets/explain-change"
import { packageRoot } from "../../host/base/node/package-root"
import { SeededRandom } from "../../host/base/seeded-random"
import { buildProgram } from "../../host/compiler/node/build"
import { knownRun } from "../../host/documents/check/baseline"
import type { Budget, Check } from "../../host/documents/check/report"
import { measure } from "../../host/tasks/check/measure"
import { fromRoot, vm } from "./harness"

/** Changes that matter, and as many that do not. */
const COUNT = Number(process.env.HEAPSCOPE_CANARIES ?? 4)
/** Those of them that failed, by their numbers, to run them alone. */
const ONLY = process.env.HEAPSCOPE_CANARIES_ONLY?.split(",").map(Number)
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
const FOR_MS = 20_000
const FOLDER = "test/vm/programs/canary"
const FILES = ["main.ts", "meter.ts", "notes.ts", "ring.ts"]
const SOURCES = Object.fromEntries(
    FILES.map(name => [name, readFileSync(fromRoot(FOLDER, name), "utf8")]),
)
const WORD = 4
/** What is left of a hole and is too small to be a block stays with the block that took it. */
const SLACK = 4 * WORD

type Sources = Readonly<Record<string, string>>

/** Which holes are taken differs from program to program, and with them what is left of holes. */
const CHURN_SLACK = (4 * SLACK * 1000) / FOR_MS

/** Everything that a change may not make worse; what a new line takes of the flash only where that is the change. */
const BUDGETS: Budget[] = (
    ["live", "churn", "steadyAllocations", "largestFree", "growth"] as const
).map(figure => ({
    figure,
    limit: { byValue: figure === "churn" ? CHURN_SLACK : 0 },
    ...{ level: "error", of: `budgets.${figure}` },
}))
const FLASH: Budget = {
    figure: "flash",
    limit: { byValue: 0 },
    level: "error",
    of: "budgets.flash",
}

async function checked(sources: Sources, base?: Check, budgets = BUDGETS): Promise<Check> {
    const instead = Object.fromEntries(FILES.map(name => [fromRoot(FOLDER, name), sources[name]!]))
    const program = await buildProgram(`${FOLDER}/main.ts`, { cwd: packageRoot(), instead })
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    const measurement = await measure(vm, { program, board, forMs: FOR_MS })
    const baseline = base && { name: "before", runs: [knownRun(base)] }
    return checkRun(measurement, { budgets }, baseline)
}

/** A change, what it makes another, and the line that did it. */
interface Canary {
    what: string
    sources: Sources
    figure: "live" | "churn" | "largestFree" | "flash"
    isWorse: boolean
    /** Undefined of what is gone with its line; any of several that are one change. */
    line: { file: string; number: number; others?: { file: string; number: number }[] } | undefined
    /** What is charged to it, where that is known. */
    bytes?: number
    budgets?: Budget[]
}

type Random = () => number

/** The same for the same number. Neighbouring seeds begin alike. */
function seededRandom(seed: number): Random {
    const random = new SeededRandom(Math.imul(seed + 1, 2654435761))
    return () => random.fraction()
}

const upTo = (random: Random, count: number) => Math.floor(random() * count)
const pick = <T>(random: Random, list: readonly T[]) => list[upTo(random, list.length)]!

/** Puts lines before or after a line that holds a text. @returns the number of the first of them */
function insert(text: string, beside: string, lines: string, isAfter = true) {
    const all = text.split("\n")
    const at = all.findIndex(line => line.includes(beside)) + (isAfter ? 1 : 0)
    all.splice(at, 0, ...lines.split("\n"))
    return { text: all.join("\n"), number: at + 1 }
}

const PLACES = ["const table = ", "const names", "const notes = ", "let rounds = 0"]

const KINDS: ((random: Random) => Canary)[] = [
    random => {
        const bytes = WORD * (1 + upTo(random, 256))
        const place = pick(random, PLACES)
        const { text, number } = insert(
            SOURCES["main.ts"]!,
            place,
            `export const kept = Buffer.alloc(${bytes})`,
        )
        return {
            ...{ what: `${bytes} B more live`, sources: { ...SOURCES, "main.ts": text } },
            ...{ figure: "live", isWorse: true, line: { file: "main.ts", number } },
        }
    },
    random => {
        const bytes = WORD * (1 + upTo(random, 256))
        const isMore = random() < 0.5
        const size = isMore ? 1100 + bytes : 1100 - bytes
        const text = SOURCES["main.ts"]!.replace("alloc(1100)", `alloc(${size})`)
        const number = text.split("\n").findIndex(line => line.includes("const table")) + 1
        return {
            what: `a table of ${size} B`,
            sources: { ...SOURCES, "main.ts": text },
            ...{ figure: "live", isWorse: isMore, line: { file: "main.ts", number } },
            bytes: isMore ? bytes : -bytes,
        }
    },
    random => {
        const items = 1 + upTo(random, 10)
        const size = 12 + items
        const text = SOURCES["main.ts"]!.replace("Ring<Note>(12)", `Ring<Note>(${size})`)
        const number = text.split("\n").findIndex(line => line.includes("notes.push(new Note")) + 1
        return {
            what: `a ring of ${size} notes`,
            sources: { ...SOURCES, "main.ts": text },
            ...{ figure: "live", isWorse: true },
            // A note is a block for itself and one for its fields, which its constructor asks for.
            line: { file: "main.ts", number, others: [{ file: "notes.ts", number: 3 }] },
        }
    },
    random => {
        const bytes = WORD * upTo(random, 16)
        const { text, number } = insert(
            insert(SOURCES["main.ts"]!, "let rounds", "const seen: Buffer[] = []").text,
            "fillTable(rounds)",
            `    seen.push(Buffer.alloc(${bytes}))`,
        )
        return {
            ...{ what: `a leak of ${bytes} B each`, sources: { ...SOURCES, "main.ts": text } },
            ...{ figure: "live", isWorse: true, line: { file: "main.ts", number } },
        }
    },
    random => {
        const bytes = WORD * (4 + upTo(random, 60))
        const lines = [
            "const pins: Buffer[] = []",
            `const hollow: Buffer[] = []`,
            "for (let i = 0; i < 10; i++) {",
            `    hollow.push(Buffer.alloc(${bytes}))`,
            "    pins.push(Buffer.alloc(4))",
            "}",
            "while (hollow.length > 0) hollow.pop()",
        ].join("\n")
        const { text, number } = insert(SOURCES["main.ts"]!, "await work()", lines, false)
        return {
            ...{ what: `holes of ${bytes} B`, sources: { ...SOURCES, "main.ts": text } },
            ...{ figure: "live", isWorse: true },
            // Small holes are forgotten when most is live, and what keeps them apart is not.
            line: {
                ...{ file: "main.ts", number: number + 3 },
                others: [{ file: "main.ts", number: number + 4 }],
            },
        }
    },
    random => {
        const name = `worth${upTo(random, 1000)}`
        const factor = 2 + upTo(random, 90)
        const body = [
            `export function ${name}(value: number): number {`,
            `    return (value * ${factor} + ${factor}) % 7`,
            "}",
        ].join("\n")
        const { text, number } = insert(
            SOURCES["main.ts"]!,
            "let rounds = 0",
            `${body}\nrounds = ${name}(rounds)`,
        )
        return {
            ...{ what: `a function ${name}`, sources: { ...SOURCES, "main.ts": text } },
            ...{ figure: "flash", isWorse: true, line: { file: "main.ts", number } },
            budgets: [FLASH],
        }
    },
    random => {
        const bytes = WORD * (1 + upTo(random, 40))
        const { text, number } = insert(
            SOURCES["main.ts"]!,
            "fillTable(rounds)",
            `    if (Buffer.alloc(${bytes}).length === 1) rounds = 0`,
        )
        return {
            ...{ what: `${bytes} B a step`, sources: { ...SOURCES, "main.ts": text } },
            ...{ figure: "churn", isWorse: true, line: { file: "main.ts", number } },
        }
    },
]

/** Changes of the text that change nothing. */
const NO_OPS: ((random: Random) => { what: string; sources: Sources })[] = [
    random => {
        const name = pick(random, FILES)
        const lines = SOURCES[name]!.split("\n")
        const free = lines.flatMap((line, i) => (/[;{})\]]$|^$/.test(line) ? [i + 1] : []))
        lines.splice(
            pick(random, free),
            0,
            `// A remark ${"of some length ".repeat(upTo(random, 5))}`,
        )
        return { what: `a comment in ${name}`, sources: { ...SOURCES, [name]: lines.join("\n") } }
    },
    random => {
        const [name, old] = pick(random, [
            ["meter.ts", "raised"],
            ["meter.ts", "sum"],
            ["notes.ts", "text"],
            ["main.ts", "value"],
            ["main.ts", "seed"],
            ["main.ts", "meter"],
            ["ring.ts", "at"],
        ] as const)
        const other = `${old}${pick(random, ["Now", "Then", "Here", "One"])}`
        const text = SOURCES[name]!.replace(new RegExp(`(?<![."/\\w])${old}(?![\\w"])`, "g"), other)
        return { what: `${old} is ${other} in ${name}`, sources: { ...SOURCES, [name]: text } }
    },
    random => {
        // Functions in another order.
        const blocks = SOURCES["main.ts"]!.split("\n\n")
        const [a, b] = pick(random, [
            ["function keepName", "function fillTable"],
            ["function fillTable", "async function step"],
            ["async function step", "async function work"],
        ] as const).map(start => blocks.findIndex(block => block.startsWith(start)))
        const moved = [...blocks]
        ;[moved[a!], moved[b!]] = [blocks[b!]!, blocks[a!]!]
        return {
            what: `block ${a} for ${b}`,
            sources: { ...SOURCES, "main.ts": moved.join("\n\n") },
        }
    },
    random => {
        const lines = SOURCES["main.ts"]!.split("\n")
        const imports = lines.slice(1, 4)
        const at = 1 + upTo(random, 2)
        const turned = [...imports.slice(at), ...imports.slice(0, at)]
        const text = [lines[0], ...turned, ...lines.slice(4)].join("\n")
        return { what: `imports turned by ${at}`, sources: { ...SOURCES, "main.ts": text } }
    },
    random => {
        const text = "\n".repeat(1 + upTo(random, 9)) + SOURCES["main.ts"]!
        return { what: "lines moved down", sources: { ...SOURCES, "main.ts": text } }
    },
]

describe("a check of a program that was changed", () => {
    test(
        `tells of ${COUNT} changes that matter, of the line, and adds up`,
        async () => {
            const base = await checked(SOURCES)
            expect(base.passed).toBe(true)
            const wrong: string[] = []
            for (const i of ONLY ?? Array.from({ length: COUNT }, (_, i) => i)) {
                const canary = KINDS[i % KINDS.length]!(seededRandom(SEED * 1000 + i))
                const { what, figure, isWorse, line, bytes, budgets } = canary
                const { passed, failures, change } = await checked(canary.sources, base, budgets)
                const told = change?.figures.find(one => one.figure === figure)
                const said = (why: string) => wrong.push(`${i}, ${what}: ${why}`)
                if (passed === isWorse)
                    said(isWorse ? "is not red" : `is red: ${failures[0]!.message}`)
                if (!told?.parts) {
                    said(`${figure} is not told`)
                    continue
                }
                const own = told.parts.find(part => part.line === line?.number)
                const off = own && bytes !== undefined ? differenceOf(own) - bytes : NaN
                if (bytes !== undefined && !(Math.abs(off) <= SLACK))
                    said(`${own && differenceOf(own)} B instead of ${bytes}`)
                for (const { figure: name, parts = [], difference } of change!.figures) {
                    const sum = parts.reduce((all, part) => all + differenceOf(part), 0)
                    if (parts.length > 0 && Math.abs(sum - difference!) > 1e-6)
                        said(`${name}: ${sum} is not ${difference}`)
                    if (parts.some(part => part.what.startsWith("what nobody")))
                        said(`${name}: a rest`)
                }
                const places = told.parts.map(part => `${part.file}:${part.line}`)
                const lines = line ? [line, ...(line.others ?? [])] : []
                const right = lines.map(({ file, number }) => `${FOLDER}/${file}:${number}`)
                if (line && !places.slice(0, 2).some(place => right.includes(place)))
                    said(
                        `line ${lines.map(({ number }) => number).join(" or ")} is not among ${places.slice(0, 4).join(", ")}`,
                    )
            }
            expect(wrong).toEqual([])
        },
        30_000 + COUNT * 20_000,
    )

    test(
        `says nothing of ${COUNT} changes of the text alone`,
        async () => {
            const base = await checked(SOURCES)
            const wrong: string[] = []
            for (let i = 0; i < COUNT; i++) {
                const { what, sources } = NO_OPS[i % NO_OPS.length]!(seededRandom(SEED * 2000 + i))
                const { passed, change } = await checked(sources, base, [...BUDGETS, FLASH])
                if (!passed || change!.figures.length > 0)
                    wrong.push(`${i}, ${what}: ${JSON.stringify(change!.figures).slice(0, 400)}`)
            }
            expect(wrong).toEqual([])
        },
        30_000 + COUNT * 20_000,
    )
})
