import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Command, CommanderError } from "commander"
import { packageRoot } from "../base/node/package-root"
import { EXIT, type Act, type CommandContext, type ExitCode } from "./command-context"
import { addHelpCommand } from "./start/help"
import { COMMANDS } from "./start/command-table"
import { allowBackground } from "../compiler/node/server/background-compiler"
import { keepCode } from "../compiler/node/kept-code"
import { ConsoleOutput } from "./console-output"
import { helpHint, optionDescription, refuseFlagsAsValues } from "./wrong-use"
import { isAsciiWanted } from "./output"
import { wantedCommand } from "./start/wanted-command"
import { INTERRUPTED, isJsonWanted, reportFailure, reportWrongUse } from "./report-failure"

const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string
}

/** What a command may still take to end in good order once it is told to. Milliseconds. */
const GRACE_MS = 900
let graceMs = GRACE_MS

const wantsJson = isJsonWanted(process.argv.slice(2))
const interrupt = new AbortController()
function end(reason: string): void {
    // The second Ctrl-C does not wait for anything.
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted)
    interrupt.abort(new Error(reason))
    setTimeout(() => {
        if (!stdout.hasWritten) report(INTERRUPTED)
        process.exit(EXIT.interrupted)
    }, graceMs).unref()
}
/**
 * Called when a command takes the signal, to end in good order. One that leaves nothing to put in order
 * is ended by the system: at once, even while it is busy with one long computation.
 */
function listenForEnd(): void {
    if (process.listenerCount("SIGINT") > 0) return
    process.on("SIGINT", () => end("interrupted"))
    process.on("SIGTERM", () => end("terminated"))
}
// A file that may not grow further is told of like a full disk.
if (process.platform !== "win32") process.on("SIGXFSZ", () => undefined)

/** Aborted when what a command prints reaches nobody any more. */
const unread = new AbortController()
const isAscii = isAsciiWanted(process.argv.slice(2), process.env)
const stdout = new ConsoleOutput(process.stdout, "stdout", {
    isAscii: isAscii && !wantsJson,
    onFailure: () => unread.abort(),
})
const stderr = new ConsoleOutput(process.stderr, "stderr", { isAscii })
const signal = AbortSignal.any([interrupt.signal, unread.signal])
let codeId: string | undefined
const contextOf = (cwd: string): CommandContext => ({
    ...{ cwd, codeId, stdout, stderr },
    endsWithin: ms => (graceMs = ms),
    get signal() {
        listenForEnd()
        return signal
    },
})

/** Runs a command, turning what it throws into a message and an exit code. */
const act: Act = async task => {
    try {
        const code = await task(contextOf(process.cwd()))
        await stdout.flush()
        process.exitCode = code
    } catch (error) {
        process.exitCode = report(error)
    }
}

function report(error: unknown): ExitCode {
    const reason = interrupt.signal.aborted ? INTERRUPTED : (stdout.failure ?? error)
    return reportFailure(reason, wantsJson, { stdout, stderr })
}

const EXAMPLES = `
Examples:
  $ heapscope sim                                a restaurant's order board on a simulated Pico
  $ heapscope sim src/main.ts --board esp32s2 --for 24h
  $ heapscope compare before.ts after.ts
  $ heapscope lesson interning

\`heapscope <command> --help\` has more of each. JSON Schemas of what --json prints:
${join(packageRoot(), "host", "documents", "schemas")}`

const program = new Command("heapscope")
    .description(
        "A memory toolkit for DeviceScript boards: fit more on them, see every byte they use, keep it that way.",
    )
    .version(version)
    .exitOverride()
    .configureOutput({
        writeOut: text => stdout.write(text),
        writeErr: text => stderr.write(text),
        // One style for all that goes wrong, whoever finds it.
        outputError: (text, write) => write(text.replace(/^error: /, "heapscope: ")),
    })
    .configureHelp({
        showGlobalOptions: true,
        optionDescription,
        subcommandTerm: command =>
            `${command.name()} ${command.name() === "help" ? "[command]" : command.usage()}`,
    })
    .showHelpAfterError(helpHint("heapscope"))
    .option("--ascii", "print nothing but ASCII, as where LC_ALL=C (JSON aside)")
    .option("--no-daemon", "no compiler in the background, which makes the next compile faster")
    .addHelpText("after", EXAMPLES)
    .hook("preAction", (_, command) => {
        refuseFlagsAsValues(command)
        allowBackground(program.opts<{ daemon: boolean }>().daemon)
    })

/** Declares the command that is asked for, and of the others what their list tells. */
async function declareCommands(): Promise<void> {
    const wanted = wantedCommand(process.argv.slice(2))
    for (const { name, arguments: usage, summary, load } of COMMANDS) {
        if (name === wanted) (await load())(program, act)
        else program.command(name).usage(`[options] ${usage}`.trimEnd())
        program.commands.at(-1)!.summary(summary)
    }
    program.helpCommand(false)
    addHelpCommand(program)
    for (const command of program.commands)
        command.showHelpAfterError(helpHint(`heapscope ${command.name()}`))
}

/**
 * Does what the arguments of the process ask for; sets its exit code.
 * @param id of the code that runs; without one, nothing that it finds is kept
 */
export async function main(id?: string): Promise<void> {
    codeId = id
    await declareCommands()
    try {
        await program.parseAsync()
    } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        // commander has printed what there is to print for people.
        if (error.exitCode === 0) process.exitCode = EXIT.ok
        else process.exitCode = reportWrongUse(error, wantsJson, { stdout })
        await stdout.flush().catch((failure: unknown) => (process.exitCode = report(failure)))
    }
    keepCode()
}
