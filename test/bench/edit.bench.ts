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
import { KeptSnapshot } from "../../host/compiler/node/snapshot/kept-snapshot"
import { makeSnapshot } from "../../host/compiler/node/snapshot/make-snapshot"
import { aim, median, sideBySide } from "./side-by-side"

/** From an edit to the report, beside the official build of the same edit. */
const ROUNDS = 5
const root = packageRoot()
const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const project = join(folder, "project")
cpSync(join(root, "test/fixtures/thermostat"), project, { recursive: true })
process.env.XDG_CACHE_HOME = folder
const { NODE_EXTRA_CA_CERTS: _, CI: __, VITEST: ___, ...ENV } = process.env
// As a command leaves it behind that may have something in the background.
const snapshot = KeptSnapshot.open()
if (!snapshot || !(await makeSnapshot(snapshot))) throw new Error("no snapshot can be made here")
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

/** Milliseconds of a processor that a process, and those that it has started and not ended, have taken until now. */
function takenBy(pid: number): number {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ")
        .slice(11, 13)
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()
    const theirs = children === "" ? [] : children.split(" ").map(child => takenBy(Number(child)))
    return theirs.reduce((sum, ms) => sum + ms, (Number(user) + Number(system)) * 10)
}

/**
 * Runs a command and waits for what outlives it, too, as the one that adopts it: only what somebody has waited
 * for is in `times`. Prints when the command began and ended, in seconds, and `times`.
 */
const MEASURE = `
syscall(${process.arch === "arm64" ? 167 : 157}, 36, 1, 0, 0, 0) == 0 or die "PR_SET_CHILD_SUBREAPER: $!";
exec "bash", "-c", <<'END', "bash", @ARGV;
began=$EPOCHREALTIME; "$@" > /dev/null; ended=$EPOCHREALTIME
while read -r left < /proc/$$/task/$$/children; [ -n "$left" ]; do sleep 0.01; done
echo "$began $ended"; times
END
`

/** @returns milliseconds of a processor, with what the background takes for it; `walls` gets those by the clock */
function timed(args: string[], walls: number[]): number {
    edit()
    const before = takenBy(compiler.pid!)
    const env = { ...ENV, NO_UPDATE_NOTIFIER: "1", [BACKGROUND_VARIABLE]: "1" }
    const all = ["-e", MEASURE, process.execPath, ...args]
    const told = execFileSync("perl", all, { cwd: project, encoding: "utf8", env })
    const [clock = "", ...times] = told.trim().split("\n").slice(-3)
    const [began, ended] = clock.split(" ").map(Number) as [number, number]
    walls.push((ended - began) * 1e3)
    const parts = [...times.at(-1)!.matchAll(/(\d+)m([\d.]+)s/g)]
    const own = parts.reduce((sum, [, m, s]) => sum + Number(m) * 60e3 + Number(s) * 1e3, 0)
    return own + takenBy(compiler.pid!) - before
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
    for (const { name, args, goal } of ways) {
        const walls = { build: [] as number[], ours: [] as number[] }
        const ratio = await sideBySide(
            { name: "devs build", run: () => timed(official, walls.build) },
            { name: args.slice(1).join(" "), run: () => timed(args, walls.ours) },
            ROUNDS,
        )
        aim(`${name}, processor`, ratio, goal)
        const [build, ours] = [median(walls.build), median(walls.ours)]
        console.log(`  by the clock: ${build.toFixed(0)} ms, ${ours.toFixed(0)} ms`)
        aim(`${name}, by the clock`, ours / build, goal)
    }
} finally {
    compiler.kill()
    await once(compiler, "exit")
    rmSync(folder, { recursive: true })
}
