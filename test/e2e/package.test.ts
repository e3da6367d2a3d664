import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SimReport } from "../../host/documents/sim-report"
import { packageRoot } from "../../host/base/node/package-root"
import { buildProgram } from "../../host/compiler/node/build"
import { findCli } from "../../host/compiler/node/cli-package"

const root = packageRoot()
const PROGRAM = `import { RingBuffer } from "heapscope"
const ring = new RingBuffer(4, 3)
for (let i = 0; i < 6; i++) console.log(i + " " + ring.push(i * 1000))
console.log("length " + ring.length + " refused " + ring.refused)
`
const PRINTED = ["0 true", "1 true", "2 true", "3 true", "4 false", "5 false", "length 4 refused 2"]
let folder: string
let project: string

const run = (command: string, args: string[], cwd: string) =>
    execFileSync(command, args, {
        cwd,
        encoding: "utf8",
        env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
    })

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-package-"))
    project = join(folder, "fresh")
    mkdirSync(project)
    const official = join(findCli().bundle, "../../devicescript")
    run(process.execPath, [official, "init", "--no-install"], project)
    run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], root)
    const installed = join(project, "node_modules/heapscope")
    mkdirSync(installed, { recursive: true })
    run(
        "tar",
        ["xzf", join(folder, "heapscope-0.1.0.tgz"), "-C", installed, "--strip-components=1"],
        folder,
    )
    mkdirSync(join(project, "node_modules/@devicescript"), { recursive: true })
    symlinkSync(join(findCli().bundle, "../.."), join(project, "node_modules/@devicescript/cli"))
    writeFileSync(join(project, "src/main.ts"), PROGRAM)
}, 120_000)
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
})

test.each(["nodenext", "bundler"])("TypeScript finds the types with %s resolution", resolution => {
    writeFileSync(
        join(project, "typed.ts"),
        `import { RingBuffer, type Stats } from "heapscope"
const stats: Stats = new RingBuffer(4, 3).stats()
const wrong: string = stats.length
console.log(wrong)
`,
    )
    const args = ["--noEmit", "--strict", "--skipLibCheck", "--types", "node"]
    const types = ["--typeRoots", join(root, "node_modules/@types")]
    const module = resolution === "nodenext" ? "nodenext" : "esnext"
    const options = ["--module", module, "--moduleResolution", resolution, "--target", "es2022"]
    const tsc = spawnSync(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), ...args, ...types, ...options, "typed.ts"],
        { cwd: project, encoding: "utf8" },
    )
    expect(tsc.stdout.trim().split("\n")).toEqual([
        "typed.ts(3,7): error TS2322: Type 'number' is not assignable to type 'string'.",
    ])
})
