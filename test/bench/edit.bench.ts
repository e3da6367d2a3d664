import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findCli } from "../../host/compiler/node/cli-package"
import { packageRoot } from "../../host/base/node/package-root"
import {
    BACKGROUND_VARIABLE,
    socketPath,
} from "../../host/compiler/node/server/background-compiler"
import { sleep } from "../../host/base/pause"
import { aim, sideBySide } from "./side-by-side"

/** From an edit to the report, beside the official build of the same edit. */
const ROUNDS = 7
const root = packageRoot()
const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const project = join(folder, "project")
cpSync(join(root, "test/fixtures/thermostat"), project, { recursive: true })
process.env.XDG_CACHE_HOME = folder
const { NODE_EXTRA_CA_CERTS: _, CI: __, VITEST: ___, ...ENV } = process.env
const path = socketPath()
if (path === undefined) throw new Error("no compiler can be in the background here")
const compiler = spawn(process.execPath, [join(root, "dist/compile-server.js"), path, "600000"], {
    stdio: "ignore",
})
while (!existsSync(path)) await sleep(20)

let edits = 0
function edit(): void {
    const main = join(project, "src/main.ts")
    const text = readFileSync(main, "utf8").replace(/\nexport const edit\d+ = \d+\n$/, "")
    writeFileSync(main, `${text}\nexport const edit${++edits} = ${edits}\n`)
}

/** Milliseconds of a processor that a process has taken until now. */
function takenBy({ pid }: { pid?: number | undefined }): number {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ")
        .slice(11, 13)
    return (Number(user) + Number(system)) * 10
}

type Measure = "by the clock" | "processor"
/** @returns milliseconds, of a processor with what the background takes for it */
function timed(args: string[], measure: Measure): number {
    edit()
    const before = takenBy(compiler)
    const script = '"$@" > /dev/null; times'
    const env = { ...ENV, NO_UPDATE_NOTIFIER: "1", [BACKGROUND_VARIABLE]: "1" }
    const began = performance.now()
    const all = ["-c", script, "bash", process.execPath, ...args]
    const told = execFileSync("bash", all, { cwd: project, encoding: "utf8", env })
    const wall = performance.now() - began
    const last = told.trim().split("\n").at(-1)!
    const seconds = [...last.matchAll(/(\d+)m([\d.]+)s/g)].map(
        ([, m, s]) => Number(m) * 60 + Number(s),
    )
    const own = seconds.reduce((sum, one) => sum + one * 1000, 0)
    return measure === "processor" ? own + takenBy(compiler) - before : wall
}

const sim = [join(root, "dist/cli.js"), "sim", "src/main.ts", "--json"]
const official = [join(findCli().bundle, "../../devicescript"), "build", "src/main.ts"]
const ways = [
    { name: "`sim --json` after an edit to `devs build`, compiler warm", args: sim, goal: 0.15 },
    {
        name: "`sim --json` after an edit to `devs build`, no process kept",
        args: [...sim, "--no-daemon"],
        goal: 0.35,
    },
]
try {
    for (const { name, args, goal } of ways)
        for (const measure of ["by the clock", "processor"] as const) {
            const ratio = await sideBySide(
                { name: "devs build", run: () => timed(official, measure) },
                { name: args.slice(1).join(" "), run: () => timed(args, measure) },
                ROUNDS,
            )
            aim(`${name}, ${measure}`, ratio, goal)
        }
} finally {
    compiler.kill()
    await once(compiler, "exit")
    rmSync(folder, { recursive: true })
}
