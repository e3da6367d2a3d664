import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import stringWidth from "string-width"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Advice } from "../../host/documents/advice"
import { buildProgram } from "../../host/compiler/node/build"
import { heapscopeHere } from "./command"

let folder: string

/** A project outside of the repository, as a user has one. */
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-advice-"))
    mkdirSync(join(folder, "src"))
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    writeFileSync(join(folder, "package.json"), '{ "name": "advised" }')
    writeFileSync(
        join(folder, "src/main.ts"),
        `class Order {
    constructor(readonly id: number, readonly table: number, readonly isPaid: boolean) {}
}
const orders: Order[] = []
for (let i = 0; i < 100; i++) orders.push(new Order(i, i % 20, false))
setInterval(() => console.log(orders.length + " orders"), 1000)
`,
    )
    writeFileSync(
        join(folder, "src/tidy.ts"),
        "let n = 0\nsetInterval(() => {\n    n++\n}, 1000)\n",
    )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the built command line as a user would, without a terminal. */
function heapscope(columns: number, ...args: string[]) {
    const env = { ...process.env, FORCE_COLOR: "", COLUMNS: String(columns) }
    return heapscopeHere(args, { cwd: folder, env })
}

/** A run that is fine and has room is told that first; a profile and a snapshot do not judge. */
const ADVICE =
    /Advice( {3}what saves|: nothing needs doing: [^]*?, the)\s+most\s+first\n +1 {2}Keep 13 bits of each Order in one buffer\./

describe.each([["sim"], ["profile"], ["snapshot"]])("%s --advice", command => {
    test.each([[80], [44]])(
        "says what to do, within %i columns and without colour",
        async width => {
            const { code, stdout } = await heapscope(width, command, "src/main.ts", "--advice")
            expect(stdout).toMatch(
                width === 80 ? ADVICE : /Advice[^]*?first\n +1 {2}Keep 13 bits of each Order/,
            )
            expect(stdout).toMatch(/src\/main\.ts:5: 100 objects/)
            expect(stdout).toContain("see heapscope lesson bit-packing")
            expect(stdout).not.toContain("\u001b")
            for (const line of stdout.split("\n"))
                expect(stringWidth(line)).toBeLessThanOrEqual(width)
            expect(code).toBe(0)
        },
    )

    test("is in the document, and in no other", async () => {
        const asked = await heapscope(80, command, "src/main.ts", "--advice", "--json")
        const { advice } = JSON.parse(asked.stdout) as { advice: Advice[] }
        expect(advice.map(({ lesson }) => lesson)).toEqual(["bit-packing"])
        expect(advice[0]).toMatchObject({
            at: { file: "src/main.ts", line: 5 },
            count: 100,
            live: { after: 212 },
        })
        const plain = await heapscope(80, command, "src/main.ts", "--json")
        const without = (text: string) => ({
            ...(JSON.parse(text) as Record<string, unknown>),
            ...{ advice: undefined, wall: undefined },
        })
        expect(without(asked.stdout)).toEqual(without(plain.stdout))
        expect(plain.stdout).not.toContain('"advice"')
    })
})

test("a tidy program is told that there is nothing to do", async () => {
    const { code, stdout } = await heapscope(80, "sim", "src/tidy.ts", "--advice")
    expect(stdout).toContain("Advice   none")
    expect(code).toBe(0)
})

test("a program that died is told what would have kept it alive, and still exits with 1", async () => {
    const { code, stdout } = await heapscope(80, "sim", "src/main.ts", "--heap", "8KiB", "--advice")
    expect(stdout).toMatch(/^✗ out of memory/)
    expect(stdout).toMatch(/1 {2}Keep 1\d bits of each Order/)
    expect(code).toBe(1)
})

test("bytecode without names: what it keeps, and what cannot be told", async () => {
    const { bytecode } = await buildProgram("src/main.ts", { cwd: folder })
    writeFileSync(join(folder, "bare.devs"), bytecode)
    const { code, stdout, stderr } = await heapscope(80, "sim", "bare.devs", "--advice")
    expect(stdout).toMatch(/1 {2}Keep 13 bits of each (Order|object) in one buffer\./)
    expect(stdout).toMatch(/live [\d,]+ B → 212 B/)
    expect(stdout).not.toMatch(/allocated [\d,]+ B →/)
    expect(stderr).toMatch(/no debug information beside bare\.devs: advice knows the objects/)
    expect(code).toBe(0)
})

describe("is refused with exit code 2", () => {
    test.each([
        [
            ["sim", "--advice", "--serve", "tcp://127.0.0.1:0"],
            /--serve runs until Ctrl-C.*leave out --advice/,
        ],
        [["snapshot", "--advice", "--port", "auto"], /--advice goes with a simulated board/],
        [["check", "--advice"], /unknown option '--advice'/],
    ])("%j", async (args, message) => {
        const { code, stdout, stderr } = await heapscope(80, ...args)
        expect(stderr).toMatch(message)
        expect(stdout).toBe("")
        expect(code).toBe(2)
    })
})
