import { createInterface } from "node:readline/promises"
import { UserError } from "../base/errors"
import type { ChooseBoard } from "../link/node/find-port"
import type { PortFacts } from "../link/node/ports"
import { sanitize } from "../base/sanitize"
import type { CommandContext } from "./command-context"
import type { Progress } from "./progress"

/**
 * Asks at the terminal which of several boards is meant.
 * @param progress what stands where the question comes
 * @returns undefined where nobody can be asked
 */
export function askWhichBoard(
    { stderr, signal }: Pick<CommandContext, "stderr" | "signal">,
    progress: Progress,
    stdin: NodeJS.ReadStream = process.stdin,
): ChooseBoard | undefined {
    if (!stdin.isTTY || !stderr.isTTY) return undefined
    return async boards => {
        progress.clear()
        stderr.write(`Several boards are connected:\n${boards.map(lineOf).join("")}`)
        // The terminal's own lines: Ctrl-C interrupts as ever.
        const terminal = createInterface({ input: stdin, output: stderr.terminal, terminal: false })
        const ended = new Promise<never>((_, reject) =>
            terminal.once("close", () =>
                reject(
                    new UserError(
                        "E_SEVERAL_BOARDS",
                        "No board is chosen. Choose one with --port.",
                    ),
                ),
            ),
        )
        ended.catch(() => undefined)
        try {
            for (;;) {
                const question = `Which one, 1 to ${boards.length}? `
                const answer = await Promise.race([terminal.question(question, { signal }), ended])
                const board = /^\s*\d{1,3}\s*$/.test(answer) && boards[Number(answer) - 1]
                if (board) return board
                stderr.write(`"${sanitize(answer.slice(0, 40))}" is none of them.\n`)
            }
        } finally {
            terminal.close()
        }
    }
}

function lineOf({ path, family, serialNumber }: PortFacts, index: number): string {
    const facts = [path, family?.name, serialNumber].filter(text => text !== undefined)
    return `  ${index + 1}  ${facts.map(sanitize).join(" · ")}\n`
}
