import { execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SimReport } from "../../host/documents/sim-report"
import { OPTIMIZE_LATER } from "../../host/base/node/optimize-later"
import { packageRoot } from "../../host/base/node/package-root"
import { buildProgram } from "../../host/compiler/node/build"
import { findCli } from "../../host/compiler/node/cli-package"
import { makeFreshProject } from "./fresh-project"

const root = packageRoot()
const PROGRAM = `import { RingBuffer } from "heapscope"
const ring = new RingBuffer(4, 3)
for (let i = 0; i < 6; i++) console.log(i + " " + ring.push(i * 1000))
console.log("length " + ring.length + " refused " + ring.refused)
`
const PRINTED = ["0 true", "1 true", "2 true", "3 true", "4 false", "5 false", "length 4 refused 2"]
let folder: string
let project: string

const run = (command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) =>
    execFileSync(command, args, {
        cwd,
        encoding: "utf8",
        env: { ...process.env, NO_UPDATE_NOTIFIER: "1", ...env },
    })

/** What TypeScript finds wrong in files of the project, one a line: today's, or the next one. */
function typeCheck(resolution: string, options: string[], files: string[]): string[] {
    const [compiler, module] =
        resolution === "nodenext" ? ["typescript", "nodenext"] : ["typescript7", "esnext"]
    const { stdout } = spawnSync(
        process.execPath,
        [
            ...OPTIMIZE_LATER,
            join(root, `node_modules/${compiler}/bin/tsc`),
            ...["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022"],
            ...["--typeRoots", join(root, "node_modules/@types")],
            ...["--module", module, "--moduleResolution", resolution],
            ...options,
            ...files,
        ],
        { cwd: project, encoding: "utf8" },
    )
    return stdout.trim().split("\n")
}

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-package-"))
    project = join(folder, "fresh")
    makeFreshProject(project)
    run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], root, {
        NODE_OPTIONS: `--require=${JSON.stringify(join(root, "test/e2e/pack-lightly.cjs"))}`,
    })
    const installed = join(project, "node_modules/heapscope")
    mkdirSync(installed, { recursive: true })
    run(
        "tar",
        ["xzf", join(folder, "heapscope-0.1.0.tgz"), "-C", installed, "--strip-components=1"],
        folder,
    )
    mkdirSync(join(project, "node_modules/@devicescript"), { recursive: true })
    symlinkSync(join(findCli().bundle, "../.."), join(project, "node_modules/@devicescript/cli"))
    // As if it were installed there: it is found from the project, not from here.
    symlinkSync(join(root, "node_modules/vitest"), join(project, "node_modules/vitest"))
    writeFileSync(join(project, "src/main.ts"), PROGRAM)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("a fresh project made with devs init imports a structure, and only that one", async () => {
    const document = run(
        process.execPath,
        [join(root, "dist/cli.js"), "sim", "src/main.ts", "--json"],
        project,
    )
    const { log } = JSON.parse(document) as SimReport
    expect(log.filter(({ level }) => level === "log").map(({ text }) => text)).toEqual(PRINTED)

    const { debug } = await buildProgram("src/main.ts", { cwd: project })
    const functions = debug!.functions.map(({ name }) => name)
    expect(functions).toContain("RingBuffer")
    for (const other of ["BitSet", "PackedArray", "StringBuilder", "ObjectPool", "Interner"])
        expect(functions).not.toContain(other)
})

test("what a page of the package leads to comes with the package", () => {
    const installed = join(project, "node_modules/heapscope")
    const pages = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
        name => name.endsWith(".md") && !name.includes("node_modules"),
    )
    expect(pages).toContain("README.md")
    const dead = pages.flatMap(page =>
        [...readFileSync(join(installed, page), "utf8").matchAll(/\]\(([^)\s:]+)\)/g)]
            .map(([, link = ""]) => link.split("#"))
            .filter(([file, place]) => {
                const path = file ? join(dirname(join(installed, page)), file) : ""
                if (file && !existsSync(path)) return true
                return (
                    place !== undefined && !headings(path || join(installed, page)).includes(place)
                )
            })
            .map(link => `${page}: ${link.join("#")}`),
    )
    expect(dead).toEqual([])
})

/** The places of a page that links lead to. */
function headings(page: string): string[] {
    return [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
        title
            .toLowerCase()
            .replace(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
    )
}

// npm sets it only when it links a command: not when the command is built again after that.
test.skipIf(process.platform === "win32")("the command as built may be run by anybody", () => {
    expect(statSync(join(root, "dist/cli.js")).mode & 0o777).toBe(0o755)
})

test("the agent comes with the package", async () => {
    const source = 'import { startMemoryAgent } from "heapscope/devs/agent"\nstartMemoryAgent()\n'
    writeFileSync(join(project, "src/agent.ts"), source)
    const { debug } = await buildProgram("src/agent.ts", { cwd: project })
    expect(debug!.functions.map(({ name }) => name)).toContain("startMemoryAgent")
})

test("Node imports the same structures from the same package", () => {
    writeFileSync(join(project, "node.mjs"), PROGRAM)
    expect(run(process.execPath, ["node.mjs"], project).trim().split("\n")).toEqual(PRINTED)
    writeFileSync(
        join(project, "order.mjs"),
        'import { orderId, packOrder } from "heapscope/src/compact-order-flags"\n' +
            "console.log(orderId(packOrder(12, 3, 4)))\n",
    )
    expect(run(process.execPath, ["order.mjs"], project)).toBe("12\n")
})

const STEADY = `import { RingBuffer } from "heapscope"
const ring = new RingBuffer(8, 3)
let sum = 0
setInterval(() => {
    ring.push(sum & 0xff)
    if (ring.isFull()) sum += ring.pop()
}, 100)
`
const WASTEFUL = `let last: number[] = []
setInterval(() => {
    last = [1, 2, 3]
    console.log("round")
}, 100)
`
const MEMORY_TEST = `import { HeapscopeError, boards, check, readRecording, simulate, takeSnapshot, watch } from "heapscope/host"
import { expect, test } from "vitest"
import "heapscope/vitest"

const WASTEFUL = { board: "esp32s2", for: "20s" }

test("steady", async () => {
    const run = await simulate("src/steady.ts", { board: "esp32s2", for: "20s" })
    expect(run).toStayUnder({ liveBytes: "8kB", allocations: 5000 })
    expect(run).not.toStayUnder({ liveBytes: 100 })
    expect(run).toAllocateNothingAfter("2s")
})
test("wasteful", async () => {
    expect(await simulate("src/wasteful.ts", WASTEFUL)).toAllocateNothingAfter("2s")
})
test("over its budget", async () => {
    expect(await simulate("src/wasteful.ts", WASTEFUL)).toStayUnder({ liveBytes: 100 })
})
test("the others", async () => {
    expect(boards().map(({ id }) => id)).toContain("pico")
    const { nodes } = await takeSnapshot("src/wasteful.ts", { at: "1s" })
    expect(nodes.length).toBeGreaterThan(2)
    const kinds = new Set<string>()
    for await (const { kind } of watch({ sim: "src/wasteful.ts" })) if (kinds.add(kind).size > 1) break
    expect(kinds.size).toBe(2)
    expect((await check("src/steady.ts", { for: "10s", maxLive: "8kB" })).passed).toBe(true)
    expect((await check("src/steady.ts", { for: "10s", maxLive: 10 })).passed).toBe(false)
    const failed = simulate("src/nowhere.ts")
    await expect(failed).rejects.toBeInstanceOf(HeapscopeError)
    await expect(failed).rejects.toMatchObject({ code: "E_NO_FILE" })
})
test("a board at a port", async () => {
    const seen: string[] = []
    for await (const event of watch({ port: process.env.BOARD_ADDRESS!, program: "src/wasteful.ts" })) {
        if (event.kind === "link") seen.push(event.phase)
        if (event.kind !== "log" || event.text !== "round") continue
        seen.push(event.text)
        break
    }
    expect(seen).toEqual(["connecting", "open", "round"])
    const deaf = async () => {
        for await (const _ of watch({ port: "tcp://127.0.0.1:1", exactEvery: 1 }));
    }
    await expect(deaf()).rejects.toMatchObject({ code: "E_VALUE", message: /exactEvery 1ms is out/ })
})
test("a recording", async () => {
    const { header, events, skipped } = readRecording("run.ndjson")
    expect(header.program.entry).toBe("src/wasteful.ts")
    const samples = [...events()].filter(({ kind }) => kind === "sample")
    expect(samples.at(-1)).toMatchObject({ atMs: 2000 })
    expect(skipped).toMatchObject({ damagedLines: 0, tornBytes: 0 })
    const replayed: unknown[] = []
    for await (const event of watch({ replay: "run.ndjson", speed: Infinity }))
        if (event.kind === "sample") replayed.push(event)
    expect(replayed).toEqual(samples)
})
`
const MATCHED_MS = 180_000

test(
    "a vitest test of the project holds its programs to what it expects",
    { timeout: MATCHED_MS },
    async () => {
        writeFileSync(join(project, "src/steady.ts"), STEADY)
        writeFileSync(join(project, "src/wasteful.ts"), WASTEFUL)
        mkdirSync(join(project, "test"))
        writeFileSync(join(project, "test/memory.test.ts"), MEMORY_TEST)
        const cli = join(project, "node_modules/heapscope/dist/cli.js")
        const wasteful = [cli, "sim", "src/wasteful.ts"]
        run(
            process.execPath,
            [...wasteful, "--for", "2s", "--record", "run.ndjson", "--quiet"],
            project,
        )
        const board = spawn(
            process.execPath,
            [...wasteful, "--serve", "tcp://127.0.0.1:0", "--json"],
            { cwd: project, stdio: ["ignore", "pipe", "inherit"] },
        )
        const [line] = (await once(createInterface(board.stdout), "line")) as [string]
        const { address } = JSON.parse(line) as { address: string }
        const vitest = join(project, "node_modules/vitest/vitest.mjs")
        const { stdout, stderr } = spawnSync(
            process.execPath,
            [vitest, "run", "--reporter=json", "--testTimeout=150000", "--maxWorkers=1"],
            {
                cwd: project,
                encoding: "utf8",
                env: { ...process.env, VITEST: "", CI: "1", BOARD_ADDRESS: address },
            },
        )
        const { testResults } = JSON.parse(stdout || stderr) as {
            testResults: { message: string; assertionResults: Outcome[] }[]
        }
        expect(testResults.map(({ message }) => message)).toEqual([""])
        const results = testResults.flatMap(({ assertionResults }) => assertionResults)
        const failures = Object.fromEntries(
            results.map(({ title, failureMessages }) => [title, failureMessages.join("\n")]),
        )
        expect(failures).toEqual({
            steady: "",
            wasteful: expect.stringMatching(
                /src\/wasteful.ts still allocates after 2 s:\n {2}src\/wasteful.ts:3: array, bytes, last at 19.9 s/,
            ) as string,
            "over its budget": expect.stringMatching(
                /live at most: .* over the limit of 100 B/,
            ) as string,
            "the others": "",
            "a board at a port": "",
            "a recording": "",
        })
    },
)

interface Outcome {
    title: string
    failureMessages: string[]
}

test.each(["nodenext", "bundler"])(
    "TypeScript finds the types, and knows the matchers, with %s resolution",
    resolution => {
        writeFileSync(
            join(project, "typed.ts"),
            `import { RingBuffer, type Stats } from "heapscope"
const stats: Stats = new RingBuffer(4, 3).stats()
const wrong: string = stats.length
console.log(wrong)
`,
        )
        writeFileSync(
            join(project, "matched.mts"),
            `import { simulate } from "heapscope/host"
import { expect } from "vitest"
import "heapscope/vitest"
expect(await simulate("src/main.ts", { for: 5 })).toStayUnder({ liveBytes: "1kB" })
expect(await simulate("src/main.ts", { fro: 5 })).toStayUnder({ liveBite: "1kB" })
`,
        )
        expect(typeCheck(resolution, ["--types", "node"], ["matched.mts", "typed.ts"])).toEqual([
            expect.stringContaining("'fro' does not exist"),
            expect.stringContaining("'liveBite' does not exist"),
            "typed.ts(3,7): error TS2322: Type 'number' is not assignable to type 'string'.",
        ])
    },
)

test("the structures' types want neither Node's nor a browser's", () => {
    writeFileSync(
        join(project, "bare.ts"),
        `import { RecordRing, RingBuffer } from "heapscope"
const bytes: Uint8Array = new RecordRing(4, 3).buffer
const wrong: string = new RingBuffer(4, 3).length
export { bytes, wrong }
`,
    )
    expect(
        typeCheck(
            "bundler",
            ["--typeRoots", "none", "--lib", "es2022", "--skipLibCheck", "false"],
            ["bare.ts"],
        ),
    ).toEqual(["bare.ts(3,7): error TS2322: Type 'number' is not assignable to type 'string'."])
})
