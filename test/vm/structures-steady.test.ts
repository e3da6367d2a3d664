import { readdirSync, readFileSync } from "node:fs"
import { beforeAll, describe, expect, it, test } from "vitest"
import {
    operationCosts,
    type Allocations,
    type StructureCosts,
} from "../../host/tasks/structures/operation-costs"
import { BY_HAND } from "../../host/tasks/structures/tables"
import * as library from "../../src/index"
import { build, fromRoot, vm } from "./harness"

const FOLDER = "test/vm/programs/measure/operations"
/** Each program is compiled once while nothing changes. */
const COMPILING_MS = 200_000

/** A new object of four entries: 16 bytes and its data. */
const OBJECT: Allocations = { map: { blocks: 1, bytes: 16 }, bytes: { blocks: 1, bytes: 68 } }

/** All that a structure's documentation says it allocates after it was made. Bytes, headers included. */
const DOCUMENTED: Record<string, Record<string, Allocations>> = {
    // Objects with 5 to 8 entries, whose data is copied as it grows.
    ObjectPool: { stats: { ...OBJECT, bytes: { blocks: 2, bytes: 68 + 84 } } },
    ResultCache: { stats: { ...OBJECT, bytes: { blocks: 3, bytes: 68 + 84 + 100 } } },
    Interner: { stats: { ...OBJECT, bytes: { blocks: 4, bytes: 68 + 84 + 100 + 116 } } },
    BlockPool: {
        stats: { ...OBJECT, bytes: { blocks: 5, bytes: 68 + 84 + 100 + 116 + 132 } },
        "clear, allocate, release": { buffer: { blocks: 1, bytes: 12 + 64 } },
    },
    // 10 appended after 20 by the two times before: a copy of the text, then the string.
    StringBuilder: {
        build: { buffer: { blocks: 1, bytes: 12 + 30 }, string: { blocks: 1, bytes: 9 + 30 } },
    },
    PackedList: { packedList: { buffer: { blocks: 1, bytes: 12 + 7 + 9 } } },
    PackedRing: { packedRing: { buffer: { blocks: 1, bytes: 12 + 9 + 9 } } },
    PackedUnion: { packedUnion: { buffer: { blocks: 1, bytes: 12 + 7 + 9 } } },
    FreeMap: { freeMap: { buffer: { blocks: 1, bytes: 12 + 4 + 2 } } },
    SymbolTable: {
        // The VM makes an object for every `new`, that of an array too, and drops it.
        symbolTable: {
            ...{ array: { blocks: 1, bytes: 16 }, bytes: { blocks: 1, bytes: 4 + 8 * 6 } },
            map: { blocks: 1, bytes: 16 },
        },
        symbolStats: { ...OBJECT, bytes: { blocks: 4, bytes: 68 + 84 + 100 + 116 } },
    },
    SmallVector: { "smallPush, the 7th": { buffer: { blocks: 1, bytes: 12 + 2 + 12 } } },
    "static table": { textRow: { string: { blocks: 1, bytes: 9 + 5 } } },
    "copy on write": { toOwned: { buffer: { blocks: 1, bytes: 12 + 8 } } },
    Fused: {
        "filter, map": {
            map: { blocks: 1, bytes: 16 },
            array: { blocks: 1, bytes: 16 },
            bytes: { blocks: 2, bytes: 68 + 36 },
        },
    },
}

/** What leaves nothing of itself in a program for the board. */
const WITHOUT_COST = ["hex"]

const programs = readdirSync(fromRoot(FOLDER))
const measured: StructureCosts[] = []

beforeAll(async () => {
    const left = [...programs]
    const worker = async () => {
        for (let name = left.shift(); name; name = left.shift())
            measured.push(...operationCosts(vm, await build(`${FOLDER}/${name}`)))
    }
    await Promise.all([worker(), worker()])
}, COMPILING_MS)

test("no structure allocates in 10,000 operations, call frames apart", () => {
    expect(measured.length).toBeGreaterThan(20)
    for (const { structure, steady } of measured) {
        if (structure === BY_HAND) continue
        expect(steady.allocations, structure).toEqual({})
        expect(steady.frameBytes, structure).toBeGreaterThan(10_000 * 24)
    }
})

test("no operation allocates but those that are documented to, and these no more than that", () => {
    for (const { structure, operations, allocating } of measured) {
        for (const { name, allocations } of operations)
            expect(allocations, `${structure}: ${name}`).toEqual({})
        for (const { name, allocations } of allocating) {
            const documented = DOCUMENTED[structure]?.[name]
            const isStats = /^(stats|listStats|ringStats|unionStats|freeStats)$/.test(name)
            expect(allocations, `${structure}: ${name}`).toEqual(
                documented ?? (isStats ? OBJECT : "documented"),
            )
        }
    }
})

describe("measured is all there is", () => {
    const names = () =>
        new Set(
            measured.flatMap(({ operations, allocating }) =>
                [...operations, ...allocating].flatMap(({ name }) => name.split(", ")),
            ),
        )

    it("each function", () => {
        const functions = Object.entries(library)
            .filter(([name, value]) => typeof value === "function" && /^[a-z]/.test(name))
            .map(([name]) => name)
            .filter(name => !WITHOUT_COST.includes(name))
        expect(functions.length).toBeGreaterThan(40)
        for (const name of functions) expect(names(), name).toContain(name)
    })

    it("each method", () => {
        const classes = Object.entries(library).filter(([name]) => /^[A-Z][a-z]/.test(name))
        expect(classes.length).toBeGreaterThan(15)
        for (const [name, value] of classes) {
            const { prototype } = value as unknown as { prototype: object }
            const costs = measured.find(({ structure }) => structure === nameOf(prototype))
            const operations = [...(costs?.operations ?? []), ...(costs?.allocating ?? [])]
            const isMeasured = (method: string) =>
                operations.some(operation => operation.name.split(", ").includes(method))
            for (const method of methodsOf(prototype))
                expect(isMeasured(method), `${name}.${method}`).toBe(true)
        }
    })
})

function nameOf(prototype: object): string {
    return prototype.constructor.name
}

/** The public methods of a class: the compiler drops the word, the source has it. */
function methodsOf(prototype: object): string[] {
    const file = nameOf(prototype)
        .replace(/Array$/, nameOf(prototype) === "TaggedUnionArray" ? "" : "Array")
        .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
        .toLowerCase()
    const source = readFileSync(fromRoot("src", `${file}.ts`), "utf8")
    return Object.getOwnPropertyNames(prototype).filter(
        name => name !== "constructor" && !source.includes(`private ${name}(`),
    )
}
