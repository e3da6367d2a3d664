import type { Command } from "commander"
import { BoardLink } from "../link/board-link"
import { findService, openBus } from "../link/bus"
import { deploy, type Deployment } from "../link/deploy"
import { findPort } from "../link/find-port"
import { parsePort } from "../link/parse-port"
import { formatBytesExact, formatPercent } from "../report/units"
import { buildProgram } from "../vm/build"
import { EXIT, type Act, type CommandContext, type ExitCode } from "./command-context"
import { styleFor } from "./output"
import { Progress } from "./progress"
import { defaultEntry } from "./run-options"

const EXAMPLES = `
Examples:
  $ heapscope deploy                               this project's src/main.ts, to the board that is connected
  $ heapscope deploy src/main.ts --port /dev/ttyACM0
  $ heapscope deploy bytecode.devs --port tcp://127.0.0.1:8082 --no-start

Exit codes: 0 the board has the program, 2 it does not and the message says why, 130 interrupted.`

interface DeployFlags {
    port: string
    start: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

export function addDeployCommand(program: Command, act: Act): void {
    program
        .command("deploy")
        .summary("build a program and put it on a board")
        .description(
            "Builds a program, sends it to a board over its serial port, verifies that the board has exactly that, and starts it. A board that has it already only restarts it.",
        )
        .argument("[entry]", "a .ts source, a compiled .devs file or a project's folder")
        .option("--port <port>", "a serial port, tcp://host:port, or auto", "auto")
        .option("--no-start", "leave the program stopped")
        .option("--json", "print the result as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: DeployFlags) =>
            act(context => deployEntry(entry, flags, context)),
        )
}

async function deployEntry(
    entry: string | undefined,
    flags: DeployFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    parsePort(flags.port)
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const program = await buildProgram(entry ?? defaultEntry(cwd), {
            cwd,
            signal,
            onProgress: text => progress.show(text),
            onWarning: text => stderr.write(`${text}\n`),
        })
        progress.show(`looking for the board (${flags.port})`)
        const link = new BoardLink(await findPort(flags.port))
        await link.open()
        const bus = await openBus(link)
        let result: Deployment
        try {
            signal.throwIfAborted()
            const { SRV_DEVICE_SCRIPT_MANAGER } = await import("jacdac-ts")
            const manager = await findService(
                bus,
                SRV_DEVICE_SCRIPT_MANAGER,
                "DeviceScript manager",
            )
            result = await deploy(manager, program.bytecode, {
                signal,
                start: flags.start,
                onProgress: part =>
                    progress.show(`sending to ${link.address} · ${formatPercent(part)}`),
            })
        } finally {
            await bus.close()
            await link.close()
        }
        progress.clear()
        if (flags.json)
            stdout.write(
                JSON.stringify(
                    {
                        schema: "heapscope/deploy@1",
                        program: {
                            entry: program.entry,
                            bytecodeBytes: program.bytecode.length,
                        },
                        port: link.address,
                        ...result,
                    },
                    null,
                    2,
                ) + "\n",
            )
        else {
            const { colors } = styleFor(stdout, flags.color)
            const { changed, running, sha256 } = result
            stdout.write(
                `${colors.green("✓")} ${program.entry} ${changed ? "is" : "was already"} on the board at ${link.address} and ${running ? "runs" : "is stopped"}\n` +
                    `  ${formatBytesExact(program.bytecode.length)} · verified by the board, SHA-256 ${sha256}\n`,
            )
        }
        return EXIT.ok
    } finally {
        progress.clear()
    }
}
