import { execFile } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { SweepReport } from "../../host/documents/sweep-report"
import { heapscopeHere } from "./command"

const cli = join(packageRoot(), "dist/cli.js")
let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-sweep-"))
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    writeFileSync(join(folder, "package.json"), '{ "name": "sweep" }')
    writeFileSync(join(folder, "none.ts"), "console.log(1)\n")
    writeFileSync(join(folder, "main.ts"), "console.log(2)\n")
    const list = "for (let i = 0; i < SIZE; i++) kept.push([i, i])\nconsole.log(kept.length)\n"
    writeFileSync(join(folder, "list.ts"), `const SIZE = 5\nconst kept: number[][] = []\n${list}`)
    writeFileSync(
        join(folder, "buffer.ts"),
        "const SIZE = 5\nconsole.log(Buffer.alloc(SIZE).length)\n",
    )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function heapscope(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise(resolve =>
        execFile(process.execPath, [cli, ...args], { cwd: folder }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        ),
    )
}

/** Two programs take twice as long: at length alone. */
const SWEPT = [
    ["sim", "list.ts"],
    ...(process.env["HEAPSCOPE_LONG"] ? [["compare", "list.ts", "buffer.ts"]] : []),
]

test.each(SWEPT)(
    "%s --sweep: figures, every board, and a chart",
    async (...args) => {
        const [, ...programs] = args
        const { code, stdout } = await heapscope(
            ...[...args, "--sweep", "SIZE=10..11", "--for", "10ms"],
            ...["--json", "--svg", "sweep.svg"],
        )
        expect(code).toBe(0)
        const report = JSON.parse(stdout) as SweepReport
        expect(report.series.map(({ entry }) => entry)).toEqual(programs)
        for (const { points, deaths } of report.series) {
            expect(points).toHaveLength(2)
            for (const { boardTimeMs, liveBytes } of points) {
                expect(boardTimeMs).toBeGreaterThan(0)
                expect(liveBytes).toBeGreaterThan(1000)
            }
            const boards = deaths.flatMap(({ boards }) => boards)
            expect(new Set(boards).size).toBe(boards.length)
            expect(boards).toContain("esp32s2_bare")
            expect(deaths.every(({ diesFrom }) => diesFrom === null)).toBe(true)
        }
        if (programs.length > 1)
            expect(report.breakEvens).toContainEqual(
                expect.objectContaining({ figure: "liveBytes", better: "buffer.ts" }),
            )
        expect(readFileSync(join(folder, "sweep.svg"), "utf8")).toContain("over SIZE</title>")
    },
    120_000,
)

describe("wrong use of a sweep", () => {
    test.each([
        ["no range", ["sim", "list.ts", "--sweep", "SIZE"], /NAME=10\.\.2000/],
        ["a folder's program without it", ["sim", ".", "--sweep", "NONE=1..2"], /main\.ts.*NONE/],
        [
            "a constant that only one has",
            ["compare", "list.ts", "none.ts", "--sweep", "SIZE=1..2"],
            /none\.ts/,
        ],
        [
            "a picture of one run",
            ["compare", "list.ts", "buffer.ts", "--svg", "a.svg"],
            /goes with --sweep/,
        ],
        [
            "what is about one run",
            ["sim", "list.ts", "--sweep", "SIZE=1..2", "--leaks"],
            /--leaks is about one run/,
        ],
        [
            "a picture in a folder that is none",
            ["sim", "list.ts", "--sweep", "SIZE=1..2", "--svg", "no/a.svg"],
            /no\/a\.svg|folder/,
        ],
    ])("%s", async (_, args, message) => {
        const { code, stdout, stderr } = await heapscopeHere(args, { cwd: folder })
        expect([code, stdout]).toEqual([2, ""])
        expect(stderr).toMatch(message)
        expect(stderr.trim().split("\n")).toHaveLength(1)
        expect(existsSync(join(folder, "a.svg"))).toBe(false)
    })
})
