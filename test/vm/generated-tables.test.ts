import { expect, test } from "vitest"
import { sizeReport } from "../../host/analysis/size/size-parts"
import { SeededRandom } from "../../host/base/seeded-random"
import { tableFacts } from "../../host/compiler/generate/generate-report"
import { generateTable } from "../../host/compiler/generate/tables/generate-table"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { operationCosts } from "../../host/tasks/structures/operation-costs"
import { run } from "../../host/simulator/run"
import { buildFiles, importHostCode } from "./generated"
import { fromRoot, printed, vm } from "./harness"

const typescript = loadCompiler().compiler.typescript
const ROWS = 200
const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }

/** A menu such as a house has. */
function menu(): string {
    const random = new SeededRandom(7)
    const oneOf = <T>(all: readonly T[]) => all[Math.floor(random.fraction() * all.length)]!
    const names = new Set<string>()
    while (names.size < ROWS)
        names.add(
            oneOf(["Tomato", "Onion", "Roast", "Crème", "Spicy", "Smoked", "Jalapeño", "Fried"]) +
                oneOf([" soup", " rings", " beef", " curry", " noodles", " salmon", " brûlée"]) +
                oneOf(["", " small", " with rice", " for two", " to share"]),
        )
    const rows = [...names].map((name, row) => [
        ...[name, (200 + Math.floor(random.fraction() * 2500)) / 100],
        ...[3 + Math.floor(random.fraction() * 28), oneOf(["starter", "main", "dessert"])],
        ...[random.fraction() < 0.5, 1000 + 7 * row + Math.floor(random.fraction() * 6)],
        ...[5000 - 3 * row],
    ])
    const head = "name,price,minutes,course,vegan,code,shelf"
    return `${head}\n${rows.map(row => row.join(",")).join("\n")}\n`
}

const table = generateTable(typescript, {
    ...{ text: menu(), file: "menu.csv", keys: ["name", "code", "shelf", "price"].slice(0, 3) },
})
const { columns } = table.named.table

const OPERATE = `import { operate } from "${fromRoot("test/vm/programs/measure/operate")}"\n`

test("a table is on the board what it is in Node, row for row, and its rows are found", async () => {
    const node = await importHostCode(table.host)
    const getters = table.named.columns.map(({ get }) => get)
    const finders = table.named.columns.flatMap(({ find, get }) => (find ? [[find, get]] : []))
    const names = [...getters, ...finders.map(([find]) => find), "MENU_ROWS"].join(", ")
    const source = `import { delay } from "@devicescript/core"
import { ${names} } from "./menu"
for (let row = 0; row < MENU_ROWS; row++) {
    let told = ""
${getters.map(get => `    told += ${get}(row) + "|"`).join("\n")}
${finders.map(([find, get]) => `    if (${find}(${get}(row)) !== row) told += "${find} lost it|"`).join("\n")}
    console.log(told)
    await delay(1)
}
console.log("none: " + [${finders
        .map(
            ([find, get]) =>
                `${find}(${/Name/.test(get!) ? '"Tomato", "", "zzz", "Crème brûlée to shar"' : "0, -1, 3, 999999, 1.5, 2401, 5000.5"}`,
        )
        .map(call =>
            call.replace(/\((.*)$/, (_, all: string) =>
                all
                    .split(", ")
                    .map(one => `(${one})`)
                    .join("\0"),
            ),
        )
        .flatMap(call => {
            const [name = ""] = call.split("(")
            return call
                .slice(name.length)
                .split("\0")
                .map(one => `${name}${one}`)
        })
        .join(", ")}].join(" "))
`
    const program = await buildFiles({ "main.ts": source, "menu.ts": table.board })
    const { report } = await run(vm, { program, board, forMs: 10_000 })
    const lines = printed(report.log ?? [])
    for (let row = 0; row < ROWS; row++) {
        const values = getters.map(get => `${String(node[get]!(row))}|`)
        expect(lines[row]).toBe(values.join(""))
    }
    expect(lines[ROWS]).toMatch(/^none: (-1 ?)+$/)
    expect(() => node[getters[0]!]!(ROWS)).toThrow(RangeError)
    for (const [find, get] of finders) expect(node[find!]!(node[get!]!(37))).toBe(37)
    expect(columns).toHaveLength(7)
})

test("200 rows take no heap at rest and 10 % of flash beside the information in them at most", async () => {
    const using = table.named.columns
        .map(({ get, find }) => `    ${get}(row)${find ? `\n    ${find}(${get}(row))` : ""}`)
        .join("\n")
    const names = table.named.columns.flatMap(({ get, find }) => (find ? [get, find] : [get]))
    const main = (body: string) =>
        `let row = 0\nfunction use(): void {\n${body}\n}\nif (row > 0) use()\nconsole.log("ready")\n`
    const plain = await buildFiles({ "main.ts": main("    row++") })
    const tabled = await buildFiles({
        "main.ts": `import { ${names.join(", ")} } from "./menu"\n${main(using)}`,
        "menu.ts": table.board,
    })
    const live = async (program: typeof plain) =>
        (await run(vm, { program, board, forMs: 1000 })).report.heap.liveBytes
    expect(await live(tabled)).toBe(await live(plain))
    const { informationBytes, flashBytes } = tableFacts(table.named)
    // What is said is what the image has: its literals, but for rounding to whole words.
    const literals = sizeReport(tabled).parts.filter(
        ({ kind, file, name = "" }) =>
            file?.endsWith("menu.ts") && kind !== "function" && !/^(?:find)?[mM]enu/.test(name),
    )
    const taken = literals.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(Math.abs(taken - flashBytes)).toBeLessThan(4 * literals.length)
    expect(taken).toBeLessThanOrEqual(1.1 * informationBytes)
})

test("a look-up allocates nothing but the text it returns", async () => {
    const operations = table.named.columns.flatMap(({ get, find, column }) => [
        `    ["${get}", () => ${get}(150)],`,
        ...(find ? [`    ["${find}", () => ${find}(${JSON.stringify(column.values[150])})],`] : []),
    ])
    const names = table.named.columns.flatMap(({ get, find }) => (find ? [get, find] : [get]))
    const source = `${OPERATE}import { ${names.join(", ")} } from "./menu"
await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])
await operate("menu", [
${operations.join("\n")}
])
`
    const program = await buildFiles({ "main.ts": source, "menu.ts": table.board })
    const [costs] = operationCosts(vm, program)
    for (const { name, allocations } of costs!.operations)
        expect(
            Object.values(allocations).reduce((blocks, one) => blocks + one.blocks, 0),
            name,
        ).toBe(name === "menuName" ? 1 : 0)
})
