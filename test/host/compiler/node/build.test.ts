import { execFile, execFileSync, spawnSync } from "node:child_process"
import {
    cpSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { build as bundle } from "esbuild"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { buildProgram } from "../../../../host/compiler/node/build"
import type { Program } from "../../../../host/model/program/program"
import { CompileError } from "../../../../host/compiler/node/build-compiler"
import { COMPILE_TIMEOUT_MS, copyProject, fillProject, makeFolder } from "./build-project"

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url))
/** Without git there is no checkout that could change anything. */
const hasGit = spawnSync("git", ["--version"]).status === 0

describe("building a program", () => {
    const project = makeFolder()
    let first: Program
    beforeAll(async () => {
        fillProject(project)
        first = await buildProgram("src/main.ts", { cwd: project })
    }, COMPILE_TIMEOUT_MS)
    afterAll(() => rmSync(project, { recursive: true, force: true }))

    it("compiles it, with its debug information", () => {
        expect(first.entry).toBe("src/main.ts")
        expect(first.cached).toBe(false)
        expect(new TextDecoder().decode(first.bytecode.subarray(0, 4))).toBe("DevS")
        expect(first.debug?.functions.map(f => f.name)).toContain("toFahrenheit")
    })

    it("loads it from the cache while nothing changed, with the same bytes", async () => {
        const progress: string[] = []
        const again = await buildProgram("src/main.ts", {
            cwd: project,
            onProgress: text => progress.push(text),
        })
        expect(again).toEqual({ ...first, cached: true })
        expect(progress).toEqual([])
    })

    it("finds the same build from another folder, and by the project's folder", async () => {
        const inside = await buildProgram("main.ts", { cwd: join(project, "src") })
        expect(inside).toEqual({ ...first, entry: "main.ts", sourceFolder: "..", cached: true })
        const folder = await buildProgram(".", { cwd: project })
        expect(folder).toEqual({ ...first, cached: true })
    })

    it("leaves nothing but finished builds in its folder", () => {
        const left = readdirSync(join(project, ".devicescript", "heapscope"))
        expect(left.filter(name => !/\.build$|^compiler-/.test(name))).toEqual([])
        expect(left.some(name => name.endsWith(".build"))).toBe(true)
    })

    it.skipIf(!hasGit)(
        "gives the same bytes in a git checkout with changes, where the compiler puts the minute in",
        async () => {
            const checkout = copyProject()
            const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout })
            git("init", "-q")
            git("add", ".")
            git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "start")
            writeFileSync(join(checkout, "src/types.ts"), "// changed\n", { flag: "a" })
            const dirty = await buildProgram("src/main.ts", { cwd: checkout })
            expect(Buffer.from(dirty.bytecode).equals(first.bytecode)).toBe(true)
        },
    )

    it("shows the compiler's errors with file and line, named from where the user stands", async () => {
        const cwd = join(project, "..")
        const name = join(project.slice(cwd.length + 1), "src/broken.ts")
        const error = await buildProgram(name, { cwd }).catch((e: unknown) => e)
        expect(error).toBeInstanceOf(CompileError)
        expect((error as Error).message).toContain(`${name}:3:7 - error TS2322: Type 'string'`)
        // eslint-disable-next-line no-control-regex
        expect((error as Error).message).not.toMatch(/\x1b/)
    })

    it("runs a compiled program without a compiler, with its debug information beside it", async () => {
        const folder = join(project, "elsewhere")
        mkdirSync(folder)
        cpSync(join(project, "devsconfig.json"), join(folder, "x.json"))
        writeFileSync(join(folder, "thermo.devs"), first.bytecode)
        const alone = await buildProgram("thermo.devs", { cwd: folder })
        expect(alone).toEqual({
            entry: "thermo.devs",
            bytecode: first.bytecode,
            sourceFolder: "",
            debug: undefined,
            settings: new Map(),
            cached: true,
        })
        writeFileSync(join(folder, "thermo-dbg.json"), JSON.stringify(first.debug))
        const both = await buildProgram("thermo.devs", { cwd: folder })
        expect(both.debug).toEqual(first.debug)
    })

    it(
        "gives both of two builds at once the right program, in a project never built before",
        { timeout: COMPILE_TIMEOUT_MS },
        async () => {
            const fresh = copyProject()
            const both = await Promise.all([
                buildProgram("src/main.ts", { cwd: fresh }),
                buildProgram("src/main.ts", { cwd: fresh }),
            ])
            for (const program of both) expect(program.bytecode).toEqual(first.bytecode)
            const after = await buildProgram("src/main.ts", { cwd: fresh })
            expect(after).toEqual({ ...first, cached: true })
        },
    )

    it(
        "does so for two processes of the bundled command line",
        { timeout: COMPILE_TIMEOUT_MS },
        async () => {
            const fresh = copyProject()
            const dist = join(fresh, "dist")
            await bundle({
                stdin: {
                    contents: `import { buildProgram } from "./host/compiler/node/build"
                    const { bytecode } = await buildProgram("src/main.ts")
                    console.log(Buffer.from(bytecode).toString("hex"))`,
                    resolveDir: ROOT,
                },
                bundle: true,
                platform: "node",
                format: "esm",
                outfile: join(dist, "cli.mjs"),
            })
            cpSync(
                join(ROOT, "host/compiler/node/build-process.mjs"),
                join(dist, "build-process.mjs"),
            )
            symlinkSync(join(ROOT, "node_modules"), join(dist, "node_modules"))
            const run = () =>
                promisify(execFile)(process.execPath, [join(dist, "cli.mjs")], { cwd: fresh })
            const outputs = await Promise.all([run(), run()])
            for (const { stdout } of outputs)
                expect(stdout.trim()).toBe(Buffer.from(first.bytecode).toString("hex"))
        },
    )

    it("stops at once when interrupted, leaving neither files nor a process", async () => {
        const childProcesses = () =>
            process.getActiveResourcesInfo().filter(kind => kind === "ProcessWrap").length
        const fresh = copyProject()
        const before = childProcesses()
        const interruption = new AbortController()
        const building = buildProgram("src/main.ts", {
            cwd: fresh,
            signal: interruption.signal,
            onProgress: () => setTimeout(() => interruption.abort(), 400),
        })
        await expect(building).rejects.toThrow(/abort/)
        expect(readdirSync(join(fresh, ".devicescript/heapscope"))).toEqual([])
        expect(childProcesses()).toBeLessThanOrEqual(before)
    })
})

describe("bad input to a build", () => {
    it.each([
        ["missing.ts", /missing\.ts: no such file/],
        ["src/main", /did you mean src\/main\.ts/],
        ["src/shapes", /folder without src\/main\.ts or main\.ts/],
        ["package.json", /not a program/],
    ])("refuses %s", async (entry, message) => {
        const building = buildProgram(entry, { cwd: copyProject() })
        await expect(building).rejects.toThrow(message)
        await expect(building).rejects.toBeInstanceOf(UserError)
    })

    it("says which package.json the compiler cannot read", async () => {
        const project = copyProject()
        writeFileSync(join(project, "package.json"), "{ oops")
        await expect(buildProgram("src/main.ts", { cwd: project })).rejects.toThrow(
            /package\.json: /,
        )
    })

    it("says what to do outside a project", async () => {
        const project = copyProject()
        rmSync(join(project, "devsconfig.json"))
        await expect(buildProgram("src/main.ts", { cwd: project })).rejects.toThrow(
            /no folder at or above it has a devsconfig\.json/,
        )
        expect(readFileSync(join(project, "package.json"), "utf8")).toContain("thermostat")
    })
})
