import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import { aim, sideBySide } from "./side-by-side"

const root = packageRoot()
const cli = join(root, "host/cli/start/heapscope.cjs")
const ROUNDS = 5
/** With certificates of its own, Node's start takes three times as long, and any ratio to it is small. */
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env

/** Runs Node. @returns milliseconds of a processor, of all its threads, by the shell's account */
function node(args: string[], variables = {}): number {
    const script = '"$@" > /dev/null; times'
    const all = ["-c", script, "bash", process.execPath, ...args]
    const told = execFileSync("bash", all, {
        cwd: root,
        encoding: "utf8",
        env: { ...ENV, ...variables },
    })
        .trim()
        .split("\n")
        .at(-1)!
    const parts = [...told.matchAll(/(\d+)m([\d.]+)s/g)]
    return parts.reduce(
        (sum, [, minutes, seconds]) => sum + Number(minutes) * 60e3 + Number(seconds) * 1e3,
        0,
    )
}

const alone = { name: "node alone", run: () => node(["-e", ""]) }
const commands = [
    { args: ["--help"], goal: 1.4 },
    { args: ["sim", "devs/station/main.ts", "--json"], goal: 2.2 },
    { args: ["sim", "devs/station/main.ts", "--json"], goal: 2.2, isRun: true },
    { args: ["sim", "devs/station/main.ts", "--json", "--world", "none"], goal: 2.2, isRun: true },
]
for (const { args, goal, isRun } of commands) {
    const name = `\`${args.join(" ")}\`, unchanged${isRun ? ", run all the same" : ""}`
    const run = () => node([cli, ...args], isRun && { HEAPSCOPE_KEPT: "0" })
    const ratio = await sideBySide(alone, { name, run }, ROUNDS)
    aim(`${name}, to node's own start`, ratio, goal)
}
