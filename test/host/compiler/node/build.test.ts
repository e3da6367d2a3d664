import { execFile, execFileSync, spawnSync } from "node:child_process"
import {
    cpSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { packageRoot } from "../../../../host/base/node/package-root"
import type { SimReport } from "../../../../host/documents/sim-report"
import { buildProgram } from "../../../../host/compiler/node/build"
import type { Program } from "../../../../host/model/program/program"
import { CompileError } from "../../../../host/compiler/node/compile-error"
import { COMPILE_TIMEOUT_MS, copyProject, fillProject, makeFolder } from "./build-project"
import { underLoad } from "../../../machine-load"

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

    it("writes nothing into the project", () => {
        const before = ["devsconfig.json", "package.json", "src"]
        expect(readdirSync(project).filter(name => name !== "elsewhere")).toEqual(before)
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
        // oxlint-disable-next-line no-control-regex
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
        "does so for two processes of the command line",
        { timeout: COMPILE_TIMEOUT_MS },
        async () => {
            const fresh = copyProject()
            const cli = join(packageRoot(), "dist/cli.js")
            const run = () =>
                promisify(execFile)(process.execPath, [cli, "sim", "src/main.ts", "--json"], {
                    cwd: fresh,
                })
            const outputs = await Promise.all([run(), run()])
            const reports = outputs.map(({ stdout }) => JSON.parse(stdout) as SimReport)
            for (const { program } of reports)
                expect(program.bytecodeBytes).toBe(first.bytecode.length)
            expect(reports[0]!.heap).toEqual(reports[1]!.heap)
        },
    )

    it("stops at once when interrupted, and compiles the next program all the same", async () => {
        const fresh = copyProject()
        const interruption = new AbortController()
        let interruptedMs = 0
        const building = buildProgram("src/main.ts", {
            cwd: fresh,
            signal: interruption.signal,
            onProgress: () =>
                setTimeout(() => {
                    interruptedMs = performance.now()
                    interruption.abort()
                    // A compile takes less than a tenth of a second.
                }, 5),
        })
        await expect(building).rejects.toThrow(/abort/)
        expect(performance.now() - interruptedMs).toBeLessThan(underLoad(1000))
        const after = await buildProgram("src/main.ts", { cwd: fresh })
        expect(after.bytecode).toEqual(first.bytecode)
    })
})

describe("a project that means harm", () => {
    it("has nothing of its folders read as code or as a build, and none written to or emptied", async () => {
        const project = copyProject()
        const elsewhere = makeFolder()
        onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }))
        // What was trusted once: a cache of builds and of code, and folders that lead out.
        writeFileSync(join(elsewhere, "old.build"), "")
        utimesSync(join(elsewhere, "old.build"), 1, 1)
        mkdirSync(join(project, ".devicescript"))
        symlinkSync(elsewhere, join(project, ".devicescript/heapscope"))
        mkdirSync(join(project, "node_modules/@devicescript"), { recursive: true })
        symlinkSync(elsewhere, join(project, "node_modules/@devicescript/core"))
        const { cached } = await buildProgram("src/main.ts", { cwd: project })
        expect(cached).toBe(false)
        expect(readdirSync(elsewhere)).toEqual(["old.build"])
    })

    it("cannot have a device read in place of a source", async () => {
        const project = copyProject()
        for (const name of ["src/units.ts", "services/x.md", "boards/x.board.json"]) {
            rmSync(join(project, name), { force: true })
            mkdirSync(join(project, name, ".."), { recursive: true })
            symlinkSync("/dev/zero", join(project, name))
        }
        await expect(buildProgram("src/main.ts", { cwd: project })).rejects.toThrow(
            /Cannot find module '\.\/units'/,
        )
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
