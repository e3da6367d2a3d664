import { readdirSync, readFileSync } from "node:fs"
import { beforeAll, describe, expect, it } from "vitest"
import { STRUCTURES } from "../../host/tasks/structures/catalogue"
import { countUntilFull } from "../../host/tasks/structures/fill"
import { keptBytes, SIZES } from "../../host/tasks/structures/kept-bytes"
import { operationCosts, type StructureCosts } from "../../host/tasks/structures/operation-costs"
import {
    choiceTable,
    comparedByHand,
    fillTable,
    handTable,
    keptTable,
    operationTable,
    withTables,
    type KeptProgram,
    type KeptStudy,
} from "../../host/tasks/structures/tables"
import type { Program } from "../../host/model/program/program"
import { build, fromRoot, vm } from "./harness"

const FOLDER = "test/vm/programs/measure"
const HEAP_BYTES = 64 * 1024
/** Each program is compiled once while nothing changes. */
const COMPILING_MS = 400_000
const MEASURING_MS = 120_000

/** What goes by index, without a call each, is what by hand is. */
const BY_INDEX = /by index$/

const entries = [
    "kept/nothing",
    ...STRUCTURES.map(({ program }) => `kept/${program}`),
    ...new Set(STRUCTURES.map(({ plain }) => `plain/${plain.program}`)),
    ...readdirSync(fromRoot(FOLDER, "operations")).map(file => `operations/${file.slice(0, -3)}`),
    "fill/packed",
    "fill/objects",
]
const programs = new Map<string, Program>()
const measured = new Map<string, KeptProgram>()

beforeAll(async () => {
    // Two at a time: each compiles in a process of its own.
    const left = [...entries]
    const worker = async () => {
        for (let entry = left.shift(); entry; entry = left.shift())
            programs.set(entry, await build(`${FOLDER}/${entry}.ts`))
    }
    await Promise.all([worker(), worker()])
}, COMPILING_MS)

function keptBy(entry: string): KeptProgram {
    const program = programs.get(entry)!
    const kept = measured.get(entry) ?? {
        kept: keptBytes(vm, program, HEAP_BYTES),
        bytecodeBytes: program.bytecode.length,
    }
    measured.set(entry, kept)
    return kept
}

function fill() {
    const count = (entry: string) => countUntilFull(vm, programs.get(entry)!, HEAP_BYTES)
    return {
        heapBytes: HEAP_BYTES,
        packed: count("fill/packed"),
        objects: count("fill/objects"),
    }
}

const keptStudies = (): KeptStudy[] =>
    STRUCTURES.map(entry => ({
        entry,
        structure: keptBy(`kept/${entry.program}`),
        plain: keptBy(`plain/${entry.plain.program}`),
    }))

let costs: StructureCosts[] | undefined
const allCosts = (): StructureCosts[] =>
    (costs ??= entries
        .filter(entry => entry.startsWith("operations/"))
        .flatMap(entry => operationCosts(vm, programs.get(entry)!)))

/** In whole heap, against a program that keeps nothing. */
function bytesAt(size: (typeof SIZES)[number], entry: string): number {
    const at = SIZES.indexOf(size)
    return keptBy(entry).kept.bySize[at]! - keptBy("kept/nothing").kept.bySize[at]!
}

describe("the tables in src/README.md", () => {
    it(
        "are what is measured now: `npm run docs` makes them anew",
        async () => {
            const path = fromRoot("src", "README.md")
            const tables = {
                kept: keptTable(keptStudies(), keptBy("kept/nothing")),
                choice: choiceTable(keptStudies()),
                fill: fillTable(fill()),
                hand: handTable(allCosts()),
                operations: operationTable(allCosts()),
            }
            await expect(withTables(readFileSync(path, "utf8"), tables)).toMatchFileSnapshot(path)
        },
        MEASURING_MS,
    )
})

describe("hot operations", () => {
    it("take at most 2 times what the same takes by hand, by index at most 1.2 times", () => {
        const compared = comparedByHand(allCosts())
        expect(compared.filter(({ name }) => BY_INDEX.test(name))).not.toEqual([])
        for (const { name, instructions, byHand } of compared)
            expect(instructions / byHand, name).toBeLessThanOrEqual(BY_INDEX.test(name) ? 1.2 : 2)
    })
})

describe("1,000 orders of 24 bits", () => {
    it("take 3,000 bytes and at most 128 more, everything included", () => {
        const bytes = bytesAt(1000, "kept/compact-order-flags")
        expect(bytes).toBeGreaterThanOrEqual(3000)
        expect(bytes).toBeLessThanOrEqual(3000 + 128)
    })

    it("take 116 bytes and more each as objects", () => {
        expect(bytesAt(100, "plain/orders") / 100).toBeGreaterThanOrEqual(116)
    })

    it("fit 16 times where fewer than 500 objects fit", () => {
        const { packed, objects } = fill()
        expect(packed).toBeGreaterThanOrEqual(16_000)
        expect(objects).toBeLessThan(500)
    })
})

describe("importing from the library's index", () => {
    it.each(STRUCTURES)("$name brings only its own files along", ({ program }) => {
        const files = functionsByFile(programs.get(`kept/${program}`)!)
        const allowed = filesNeeded(program)
        expect([...files.keys()].filter(file => !allowed.has(file))).toEqual([])
    })

    it("brings only the methods that are called", () => {
        const ring = functionsByFile(programs.get("kept/ring-buffer")!).get("ring-buffer")
        expect(ring).toEqual(["RingBuffer", "push", "shift"])
    })
})

/** Names of the functions that a program has from each file of `src/`. */
function functionsByFile({ debug }: Program): Map<string, string[]> {
    const files = new Map<string, string[]>()
    for (const { name, location } of debug!.functions) {
        let from = 0
        const source = debug!.sources.find(
            ({ length }) => (from += length) > (location?.[0] ?? NaN),
        )
        const file = source?.path.match(/(?:^|\/)src\/([\w-]+)\.ts$/)?.[1]
        if (file && !source!.path.includes("node_modules"))
            files.set(file, [...(files.get(file) ?? []), name])
    }
    return files
}

/** The files that export what a program names, and those that these import. */
function filesNeeded(program: string): Set<string> {
    const text = (...path: string[]) => readFileSync(fromRoot(...path), "utf8")
    const source = text(FOLDER, "kept", `${program}.ts`)
    const imported = source.matchAll(/import \{([^}]*)\} from "[./]*src\/[\w-]+"/g)
    const names = [...imported].map(([, list]) => list).join()
    const needed = new Set<string>()
    const need = (file: string) => {
        if (needed.has(file)) return
        needed.add(file)
        const imports = text("src", `${file}.ts`).matchAll(
            /^import \{[^}]*\} from "\.\/([\w-]+)"/gm,
        )
        for (const [, imported] of imports) need(imported!)
    }
    for (const name of names
        .split(",")
        .map(part => part.trim())
        .filter(Boolean))
        for (const file of readdirSync(fromRoot("src")).filter(each =>
            /^[^i].*\.ts$|^interner/.test(each),
        ))
            if (
                new RegExp(`^export (class|function|const) ${name}\\b`, "m").test(text("src", file))
            )
                need(file.slice(0, -3))
    return needed
}
