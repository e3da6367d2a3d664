import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Command, CommanderError } from "commander"
import { packageRoot } from "../base/node/package-root"
import { addBoardsCommand } from "./commands/boards"
import { addCheckCommand } from "./commands/check"
import { EXIT, type Act, type ExitCode } from "./command-context"
import { addCompareCommand } from "./commands/compare"
import { addDiffCommand } from "./commands/diff"
import { addDeployCommand } from "./commands/deploy"
import { addLessonCommand } from "./commands/lesson"
import { addPortsCommand } from "./commands/ports"
import { addProfileCommand } from "./commands/profile"
import { addSimCommand } from "./commands/sim"
import { addWatchCommand } from "./commands/watch"
import { addSnapshotCommand } from "./commands/snapshot"
import { ProgramError, UserError } from "../base/errors"

const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string
}

const interrupt = new AbortController()
let interrupted = false
process.on("SIGINT", () => {
    // The second Ctrl-C does not wait for anything.
    if (interrupted) process.exit(EXIT.interrupted)
    interrupted = true
    interrupt.abort(new Error("interrupted"))
})
process.on("SIGTERM", () => interrupt.abort(new Error("terminated")))
// A reader that has seen enough (`| head`) closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.ok)
    throw error
})

/** Runs a command, turning what it throws into a message and an exit code. */
const act: Act = async task => {
    const { stdout, stderr } = process
    try {
        process.exitCode = await task({
            cwd: process.cwd(),
            stdout,
            stderr,
            signal: interrupt.signal,
        })
    } catch (error) {
        process.exitCode = report(error)
    }
}

function report(error: unknown): ExitCode {
    if (interrupt.signal.aborted) return EXIT.interrupted
    if (error instanceof UserError) {
        process.stderr.write(`heapscope: ${error.message}\n`)
        return EXIT.wrongUse
    }
    if (error instanceof ProgramError) {
        process.stderr.write(`heapscope: ${error.message}\n`)
        return EXIT.failed
    }
    const fault = error instanceof Error ? error : new Error(String(error))
    const details = process.env.HEAPSCOPE_DEBUG ? `\n${fault.stack}` : ""
    process.stderr.write(
        `heapscope: ${fault.name}: ${fault.message}${details}\n` +
            (details
                ? ""
                : "This is a fault of heapscope or of the VM: HEAPSCOPE_DEBUG=1 shows where.\n"),
    )
    return EXIT.failed
}

const EXAMPLES = `
Examples:
  $ heapscope sim                                a restaurant's order board on a simulated Pico
  $ heapscope sim src/main.ts --board esp32s2 --for 24h
  $ heapscope compare before.ts after.ts
  $ heapscope lesson interning

\`heapscope <command> --help\` has more of each.`

const program = new Command("heapscope")
    .description(
        "A memory toolkit for DeviceScript boards: fit more on them, see every byte they use, keep it that way.",
    )
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(`heapscope --help` lists what there is)")
    .addHelpText("after", EXAMPLES)
addSimCommand(program, act)
addWatchCommand(program, act)
addCompareCommand(program, act)
addProfileCommand(program, act)
addSnapshotCommand(program, act)
addDiffCommand(program, act)
addCheckCommand(program, act)
addBoardsCommand(program, act)
addPortsCommand(program, act)
addDeployCommand(program, act)
addLessonCommand(program, act)

try {
    await program.parseAsync()
} catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.wrongUse
}
