import { createInterface } from "node:readline/promises"
import { sanitize } from "../base/sanitize"
import type { ProjectCode } from "../compiler/node/trusted-code"
import type { CommandContext } from "./command-context"

/**
 * Asks at the terminal whether a project's code may run. Whatever is not a yes is a no.
 * @returns undefined where nobody can be asked: with `--json`, or without a terminal
 */
export function askTrust(
    { stderr, signal }: Pick<CommandContext, "stderr" | "signal">,
    json = false,
    stdin: NodeJS.ReadStream = process.stdin,
): ((code: ProjectCode) => Promise<boolean>) | undefined {
    if (json || !stdin.isTTY || !stderr.isTTY) return undefined
    return async ({ path }) => {
        stderr.write(
            `${sanitize(path)} is code of this project. It runs as you, outside of any board: read it first.\n`,
        )
        // The terminal's own lines: Ctrl-C interrupts as ever.
        const terminal = createInterface({ input: stdin, output: stderr.terminal, terminal: false })
        const ended = new Promise<string>(done => terminal.once("close", () => done("")))
        try {
            const question = "Run it, now and until it changes? [y/N] "
            const answer = await Promise.race([terminal.question(question, { signal }), ended])
            return /^\s*y(es)?\s*$/i.test(answer)
        } finally {
            terminal.close()
        }
    }
}
