import { createInterface } from "node:readline/promises"
import { sanitize } from "../base/sanitize"
import type { ProjectCode } from "../compiler/node/trusted-code"
import type { CommandContext } from "./command-context"

/** Asks whether something is to be done. Whatever is not a yes is a no. */
type Ask = (question: string) => Promise<boolean>

/**
 * Somebody at the terminal who can be asked.
 * @returns undefined where there is nobody
 */
export function askYes(
    { stderr, signal }: Pick<CommandContext, "stderr" | "signal">,
    stdin: NodeJS.ReadStream = process.stdin,
): Ask | undefined {
    if (!stdin.isTTY || !stderr.isTTY) return undefined
    return async question => {
        // The terminal's own lines: Ctrl-C interrupts as ever.
        const terminal = createInterface({ input: stdin, output: stderr.terminal, terminal: false })
        const ended = new Promise<string>(done => terminal.once("close", () => done("")))
        try {
            const answer = await Promise.race([terminal.question(question, { signal }), ended])
            return /^\s*y(es)?\s*$/i.test(answer)
        } finally {
            terminal.close()
        }
    }
}

/**
 * Asks at the terminal whether a project's code may run.
 * @returns undefined where nobody can be asked: with `--json`, or without a terminal
 */
export function askTrust(
    context: Pick<CommandContext, "stderr" | "signal">,
    json = false,
    stdin: NodeJS.ReadStream = process.stdin,
): ((code: ProjectCode) => Promise<boolean>) | undefined {
    const ask = json ? undefined : askYes(context, stdin)
    return (
        ask &&
        (({ path }) => {
            context.stderr.write(
                `${sanitize(path)} is code of this project. It runs as you, outside of any board: read it first.\n`,
            )
            return ask("Run it, now and until it changes? [y/N] ")
        })
    )
}
