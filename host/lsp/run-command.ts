import { spawn } from "node:child_process"
import { join } from "node:path"
import { packageRoot } from "../base/node/package-root"

/** Bytes of stderr that are looked at. */
const MAX_SAID = 64 << 10
const WRONG_USE = 2

/**
 * Runs a command of ours as a process of its own, and waits for it: the editor is answered meanwhile.
 * @param signal ends it as Ctrl-C does
 * @returns what it said was wrong; undefined when it did what it was to, whatever it found
 */
export function runCommand(
    args: readonly string[],
    cwd: string,
    signal: AbortSignal,
): Promise<string | undefined> {
    return new Promise(done => {
        const child = spawn(process.execPath, [join(packageRoot(), "dist", "cli.js"), ...args], {
            ...{ cwd, stdio: ["ignore", "ignore", "pipe"] },
        })
        let said = ""
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
            if (said.length < MAX_SAID) said += text
        })
        const end = () => void child.kill("SIGINT")
        const endNow = () => void child.kill("SIGKILL")
        signal.addEventListener("abort", end)
        process.once("exit", endNow)
        child.on("error", error => finish(error.message))
        child.on("close", code => {
            // 1 is of the program or a budget: what was found is kept.
            const isWrong = code === null || code >= WRONG_USE
            finish(isWrong && !signal.aborted ? said.trim().replace(/^heapscope: /, "") : undefined)
        })
        function finish(wrong: string | undefined): void {
            signal.removeEventListener("abort", end)
            process.removeListener("exit", endNow)
            done(wrong)
        }
    })
}
