import { execFileSync, spawn, spawnSync } from "node:child_process"
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { BisectReport } from "../../host/documents/check/bisect-report"
import { fromRoot } from "../vm/harness"
import { heapscopeHere, type Ended } from "./command"
import { CLI } from "./terminal"

let folder: string
let project: string
/** Where worktrees are made. */
let temporary: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-failures-"))
    project = join(folder, "project")
    temporary = join(folder, "tmp")
    mkdirSync(temporary)
    cpSync(fromRoot("test/vm/programs/canary"), join(project, "src"), { recursive: true })
    writeFileSync(join(project, "package.json"), '{ "name": "canary" }')
    writeFileSync(join(project, "devsconfig.json"), "{}")
    writeFileSync(join(project, ".gitignore"), "node_modules\n.devicescript\n")
    // Larger than a file may be below.
    writeFileSync(join(project, "large.txt"), "large ".repeat(100_000))
    symlinkSync(fromRoot("node_modules"), join(project, "node_modules"))
    git("init", "--quiet", "--initial-branch", "main")
    commit("as it was")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whatever happened, nothing of it is left. */
afterEach(() => {
    expect(readdirSync(temporary)).toEqual([])
    const trees = execFileSync("git", ["worktree", "list"], { cwd: project, encoding: "utf8" })
    expect(trees.trim().split("\n")).toHaveLength(1)
    expect(readdirSync(project).filter(name => /^check\./.test(name))).toEqual([])
})

function git(...args: string[]): void {
    const who = ["-c", "user.email=a@example.org", "-c", "user.name=a"]
    execFileSync("git", [...who, ...args], { cwd: project, stdio: "pipe" })
}

function commit(message: string): void {
    git("add", "-A")
    git("commit", "--quiet", "--message", message)
}

/** Changes the program, and keeps that. */
function change(from: string, to: string, message: string): void {
    const path = join(project, "src/main.ts")
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to))
    commit(message)
}

interface How {
    cwd?: string
    env?: NodeJS.ProcessEnv
    /** What a shell does first. */
    before?: string
}

function heapscope(args: readonly string[], { cwd = project, env, before = "" }: How = {}) {
    return spawnSync(
        "/bin/bash",
        ["-c", `${before} exec "$0" "$@"`, process.execPath, CLI, ...args],
        {
            ...{ cwd, encoding: "utf8" },
            env: { ...process.env, TMPDIR: temporary, ...env },
        },
    )
}

function expectRefused(message: RegExp, args: readonly string[], how?: How): void {
    const { status, stdout, stderr } = heapscope(args, how)
    expectOneMessage(message, { code: status, stdout, stderr })
}

function expectOneMessage(message: RegExp, { code, stdout, stderr }: Ended | Killed): void {
    expect(stderr).toMatch(message)
    // One message, with the lines that the compiler shows; nothing else.
    expect(stderr.match(/^heapscope: /gm)).toHaveLength(1)
    expect(stderr).not.toMatch(/^ +at /m)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
}

/** What a signal ended has no code. */
type Killed = Omit<Ended, "code"> & { code: null }

const BASE = ["check", "--base", "main", "--for", "10s", "--quiet"]

test("without git, and outside of a repository", () => {
    const empty = join(folder, "empty")
    mkdirSync(empty)
    expectRefused(/git is not installed/, BASE, { env: { PATH: empty } })
    cpSync(join(project, "src"), join(empty, "src"), { recursive: true })
    writeFileSync(join(empty, "devsconfig.json"), "{}")
    expectRefused(/there is no git repository with a commit here/, BASE, { cwd: empty })
})

test("in a clone that has only its last commits", () => {
    git("checkout", "--quiet", "-b", "branch")
    change("let rounds = 0", "let rounds = 1", "another")
    git("checkout", "--quiet", "main")
    change("let rounds = 0", "let rounds = 2", "a third")
    const shallow = join(folder, "shallow")
    const clone = ["clone", "--quiet", "--depth", "1", "--no-single-branch"]
    execFileSync("git", [...clone, `file://${project}`, shallow], { stdio: "pipe" })
    expectRefused(
        /this clone has only its last commits.*git fetch --unshallow/,
        ["check", "--base", "origin/branch"],
        { cwd: shallow },
    )
})

test("a disk without room, and a folder that cannot be written", async () => {
    // A file may be 64 KiB here: git cannot put the commit's into the folder.
    expectRefused(/git worktree failed/, BASE, { before: "ulimit -f 64;" })
    expectRefused(/no folder can be made in \/proc\/none/, BASE, { env: { TMPDIR: "/proc/none" } })
    const here = (...args: string[]) => heapscopeHere(["check", ...args], { cwd: project })
    for (const flag of ["--html", "--markdown", "--junit", "--out"])
        expectOneMessage(/\/proc\/check cannot be written/, await here(flag, "/proc/check"))
    const base = await here("--update-baseline", "--baseline", "/proc/base")
    expectOneMessage(/\/proc\/base cannot be written/, base)
})

test("a report that there is no room for is not there at all", () => {
    const { status, stderr } = heapscope(
        ["check", "--for", "10s", "--html", "check.html", "--quiet"],
        { before: "ulimit -f 16;" },
    )
    expect(stderr).toMatch(/^heapscope: .*check\.html cannot be written: /m)
    expect(status).toBe(2)
})

test("a base that does not compile", () => {
    change("let rounds", "let let rounds", "broken")
    change("let let rounds", "let rounds", "mended")
    expectRefused(/^heapscope: HEAD~1 at \w{7} cannot be compared with: .*src\/main\.ts/m, [
        ...["check", "--base", "HEAD~1", "--for", "10s", "--quiet"],
    ])
})

test("interrupted while the base is built", async () => {
    const env = { ...process.env, TMPDIR: temporary }
    const child = spawn(process.execPath, [CLI, ...BASE], { cwd: project, env, stdio: "pipe" })
    const ended = new Promise<number | null>(resolve => child.once("exit", resolve))
    const isThere = () =>
        readdirSync(temporary).some(name => existsSync(join(temporary, name, "tree/src/main.ts")))
    while (!isThere() && child.exitCode === null) await sleep(10)
    child.kill("SIGINT")
    expect(await ended).toBe(130)
})

test.runIf(process.env.HEAPSCOPE_LONG)(
    "bisect finds the commit, and says what it did",
    () => {
        for (const [from, to, message] of [
            ["let rounds", "// A remark.\nlet rounds", "a remark"],
            ["let rounds", "let let rounds", "does not compile"],
            ["let let rounds", "let rounds", "compiles again"],
            ["let rounds", "export const extra = Buffer.alloc(300)\nlet rounds", "keep more"],
            ["// A remark.", "// Another remark.", "another remark"],
        ] as const)
            change(from, to, message)
        const args = ["bisect", "--good", "HEAD~5", "--bad", "HEAD", "--for", "10s"]
        const json = heapscope([...args, "--budget", "live=+0B", "--json"])
        const report = JSON.parse(json.stdout) as BisectReport
        expect(report.culprits.map(({ subject }) => subject)).toEqual(["keep more"])
        expect(report.check!.checks[0]!.change!.figures[0]!.parts![0]).toMatchObject({
            ...{ heldBy: "extra", file: "src/main.ts" },
        })
        expect(json.status).toBe(0)
        const { stdout } = heapscope([...args, "--budget", "live=+0B", "--quiet"])
        expect(stdout).toMatch(/^It is \w{7} keep more\n/)
        expect(stdout).toContain("+312 B: 1 more Buffer kept by extra, src/main.ts:")
        expectRefused(/the check passes at HEAD: there is nothing to find/, [...args, "--quiet"])
    },
    400_000,
)
