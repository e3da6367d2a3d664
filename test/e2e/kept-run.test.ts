import { execFile } from "node:child_process"
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeEach, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { SimReport } from "../../host/documents/sim-report"
import { makeFolder } from "../host/compiler/node/build-project"

const cli = join(packageRoot(), "dist/cli.cjs")
const project = makeFolder()
/** Of all tests but the first: the commands' code is compiled once. No run is kept from one to the next. */
const cache = join(project, "cache")
afterAll(() => rmSync(project, { recursive: true, force: true }))

const SOURCE = `const kept: string[] = []
setInterval(() => {
    kept.push("entry " + kept.length)
    if (kept.length % 5 === 0) console.log("five more", Math.random())
}, 100)
`

beforeEach(() => {
    for (const name of [".env.defaults", "log"]) rmSync(join(project, name), { force: true })
    for (const name of files(/\.(run|asked)$/).keys()) rmSync(join(cache, "heapscope", name))
    for (const [name, text] of [
        ["package.json", "{}"],
        ["devsconfig.json", "{}"],
        ["main.ts", SOURCE],
    ] as const)
        writeFileSync(join(project, name), text)
})

interface Ran {
    code: number
    stdout: string
    stderr: string
}

function bash(line: string, variables: Record<string, string> = {}): Promise<Ran> {
    // In other tests a run is a run.
    const { HEAPSCOPE_KEPT: _, ...others } = process.env
    const env = { ...others, XDG_CACHE_HOME: cache, ...variables }
    const script = `heapscope() { "${process.execPath}" "${cli}" "$@"; }\nset -o pipefail\n${line}`
    return new Promise(resolve => {
        execFile("bash", ["-c", script], { cwd: project, env }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        )
    })
}

async function sim(flags: string, variables?: Record<string, string>) {
    const ran = await bash(`heapscope sim ${flags} --json`, variables)
    const { wall, ...report } = JSON.parse(ran.stdout) as SimReport
    return { ...ran, report, wall, isKept: wall.kept === true }
}

/** The kept files of a kind, with when they were written. */
function files(pattern: RegExp, of = cache): Map<string, number> {
    const folder = join(of, "heapscope")
    const names = existsSync(folder) ? readdirSync(folder).filter(name => pattern.test(name)) : []
    return new Map(names.map(name => [name, statSync(join(folder, name)).mtimeMs]))
}

test("what nothing has changed of is told again as it was, and the whole command is not loaded for it", async () => {
    const cold = { XDG_CACHE_HOME: join(project, "cold") }
    const first = await sim("main.ts", cold)
    expect(first.isKept).toBe(false)
    const code = files(/^code-sim-/, cold.XDG_CACHE_HOME)
    expect(code.size).toBe(1)
    const second = await sim("main.ts", cold)
    expect(second.isKept).toBe(true)
    expect(second.report).toEqual(first.report)
    expect(second.wall).toEqual({ ...first.wall, kept: true })
    expect(second.code).toBe(first.code)
    // Else its second use would have added to it.
    expect(files(/^code-sim-/, cold.XDG_CACHE_HOME)).toEqual(code)
    // Asked for in other words, it is the same run.
    expect((await sim("--for 10000ms main.ts --seed 1", cold)).isKept).toBe(true)
    const anew = await sim("main.ts", { ...cold, HEAPSCOPE_KEPT: "0" })
    expect(anew.isKept).toBe(false)
    expect(anew.report).toEqual(first.report)
})

test("what anything has changed of is run", async () => {
    await sim("main.ts")
    for (const flags of ["--seed 2", "--leaks --for 10s"])
        expect([flags, (await sim(`main.ts ${flags}`)).isKept]).toEqual([flags, false])
    writeFileSync(join(project, "main.ts"), SOURCE.replace("% 5", "% 4"))
    expect((await sim("main.ts")).isKept).toBe(false)
    writeFileSync(join(project, "main.ts"), SOURCE)
    expect((await sim("main.ts")).isKept).toBe(true)
    writeFileSync(join(project, ".env.defaults"), "LENGTH=5\n")
    expect((await sim("main.ts")).isKept).toBe(false)
})

test("a failed run has its exit code again", async () => {
    const first = await sim("main.ts --fail-text five")
    const second = await sim("main.ts --fail-text five")
    expect([first.code, first.isKept, second.code, second.isKept]).toEqual([1, false, 1, true])
    expect(second.report).toEqual(first.report)
})

describe("nothing is kept", () => {
    test("of what prints for people, or does more than report", async () => {
        for (const flags of ["", "--json --log log", "--json --realtime --for 100ms"])
            expect((await bash(`heapscope sim main.ts ${flags}`)).code).toBe(0)
        expect([...files(/\.(run|asked)$/).keys()]).toEqual([])
        await sim("main.ts")
        expect([...files(/\.run$/).keys()]).toHaveLength(1)
        rmSync(join(project, "log"))
        expect((await bash("heapscope sim main.ts --json --log log")).code).toBe(0)
        expect(readFileSync(join(project, "log"), "utf8")).toContain("five more")
    })

    test("that somebody else wrote", async () => {
        await sim("main.ts")
        for (const name of files(/\.run$/).keys())
            writeFileSync(join(cache, "heapscope", name), `${" ".repeat(32)}{"wall":{}}`)
        const ran = await sim("main.ts")
        expect([ran.isKept, ran.report.schema]).toEqual([false, "heapscope/sim-report@1"])
    })
})

test("who cannot read it to its end is told as of a run", async () => {
    await sim("main.ts")
    const { code, stderr } = await bash("heapscope sim main.ts --json > /dev/full")
    expect(stderr).toContain("stdout cannot be written: ENOSPC")
    expect(code).toBe(2)
    expect((await bash("heapscope sim main.ts --json | head -1")).stdout).toBe("{\n")
    const wrong = await bash("heapscope sim main.ts --json --board")
    expect(wrong.code).toBe(2)
})
