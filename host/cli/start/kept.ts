import { Command } from "commander"
import type { CommandContext, ExitCode } from "../command-context"
import { addSimCommand } from "../commands/sim"
import { ConsoleOutput } from "../console-output"
import { reportFailure } from "../report-failure"
import { refuseFlagsAsValues } from "../wrong-use"

/**
 * Prints the report of `sim --json`, for the arguments of the process, if it is kept. All that a run needs is
 * absent from the bundle this is in: whatever asks for it ends the attempt, and nothing has been printed.
 * @param codeId of the whole command line, which will do the same
 * @returns whether that is done
 */
export async function main(codeId: string): Promise<boolean> {
    const told = { stdout: "", stderr: "" }
    const into = (name: keyof typeof told) =>
        ({
            write: (text: string) => {
                told[name] += text
                return true
            },
            canRedraw: false,
        }) as Partial<ConsoleOutput> as ConsoleOutput
    const context: CommandContext = {
        ...{ cwd: process.cwd(), codeId, onlyKept: true },
        ...{ stdout: into("stdout"), stderr: into("stderr") },
        signal: new AbortController().signal,
    }
    let code: ExitCode | undefined
    const ignore = () => undefined
    const program = new Command("heapscope")
        .exitOverride()
        .configureOutput({ writeOut: ignore, writeErr: ignore })
        .option("--ascii")
        .option("--no-daemon")
        .hook("preAction", (_, command) => refuseFlagsAsValues(command))
    try {
        addSimCommand(program, async task => {
            code = await task(context)
        })
        await program.parseAsync()
    } catch {
        // Whoever runs it finds out, and tells.
        return false
    }
    if (code === undefined) return false
    process.exitCode = await print(told, code)
    return true
}

async function print(told: { stdout: string; stderr: string }, code: ExitCode): Promise<ExitCode> {
    const stdout = new ConsoleOutput(process.stdout, "stdout")
    const openStderr = () => new ConsoleOutput(process.stderr, "stderr")
    if (told.stderr !== "") openStderr().write(told.stderr)
    try {
        stdout.write(told.stdout)
        await stdout.flush()
        return code
    } catch (error) {
        return reportFailure(stdout.failure ?? error, true, { stdout, stderr: openStderr() })
    }
}
