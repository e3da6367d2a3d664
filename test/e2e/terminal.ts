import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { spawn } from "@lydell/node-pty"
import { onTestFinished } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { until } from "../vm/link/rig"

const root = packageRoot()

/** The command line as built. */
export const CLI = join(root, "dist/cli.js")
/** What takes the terminal as one screen, and what gives it back. */
export const ENTER = "\u001b[?1049h"
export const LEAVE = "\u001b[?25h\u001b[?1049l"

const PATIENCE_MS = 60_000
/**
 * What the shell writes last of all, which terminals do not show. It waits for an answer before it ends:
 * what is not read a moment after the end is lost.
 */
const END = "\u001b]end\u0007"

/** A terminal with `heapscope` in it. */
export interface Terminal {
    /** All that it was sent so far. */
    output(): string
    /** Waits until it was sent this, after all that was waited for before. */
    until(text: string): Promise<void>
    type(keys: string): void
    /** Sends a signal to what runs in it. */
    kill(signal: NodeJS.Signals): void
    /** Waits for the end. @returns its exit code, what the terminal was sent, and its modes then */
    ended(): Promise<{ code: number; output: string; modes: string }>
}

/** Runs `heapscope` in a shell on a pty of this size, with the modes that a shell has there. */
export function openTerminal(
    args: readonly string[],
    { columns = 80, rows = 24, env = {} as NodeJS.ProcessEnv, cwd = root } = {},
): Terminal {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-terminal-"))
    const quoted = [process.execPath, CLI, ...args].map(
        text => `'${text.replaceAll("'", `'\\''`)}'`,
    )
    writeFileSync(
        join(folder, "run.sh"),
        `trap : INT
sh -c 'echo $$ > ${folder}/pid; exec "$@"' sh ${quoted.join(" ")}
echo "code $?" > ${folder}/end
stty -a >> ${folder}/end
printf '\\033]end\\007'
read -r answer
`,
    )
    const child = spawn("sh", [join(folder, "run.sh")], {
        name: env.TERM ?? "xterm-256color",
        cols: columns,
        rows,
        cwd,
        env: { ...process.env, FORCE_COLOR: "", NO_COLOR: "", ...env },
    })
    const exited = new Promise(done => child.onExit(done))
    // The end of its terminal ends what runs in it.
    onTestFinished(async () => {
        child.kill()
        await exited
        rmSync(folder, { recursive: true, force: true })
    })
    let seen = ""
    let waitedFor = 0
    const isWhole = () => seen.includes(END)
    child.onData(data => {
        const before = isWhole()
        seen += data
        if (!before && isWhole()) child.write("\n")
    })
    const shown = () => seen.split(END)[0]!
    return {
        output: shown,
        until: async text => {
            const find = () => seen.indexOf(text, waitedFor)
            await until(() => find() >= 0, PATIENCE_MS).catch(() => {
                throw new Error(`never came: ${text}, but ${seen.slice(waitedFor)}`)
            })
            waitedFor = find() + text.length
        },
        type: keys => child.write(keys),
        kill: signal => void process.kill(Number(readFileSync(join(folder, "pid"))), signal),
        ended: async () => {
            await exited
            if (!isWhole()) throw new Error(`its end never came, but ${seen}`)
            const [, code, modes] = /^code (\d+)\n([^]*)$/.exec(
                readFileSync(join(folder, "end"), "utf8"),
            )!
            return { code: Number(code), output: shown(), modes: modes! }
        },
    }
}
