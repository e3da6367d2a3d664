import type { Command } from "commander"
import { UserError } from "../errors"
import { BoardLink } from "../link/board-link"
import { findService, openBus } from "../link/bus"
import { deploy, type Deployment } from "../link/deploy"
import { deploySettings } from "../link/deploy-settings"
import { findPort } from "../link/find-port"
import { parsePort } from "../link/parse-port"
import { formatBytesExact, formatPercent } from "../report/units"
import type { Program } from "../vm/build"
import { buildEntry } from "./build-entry"
import { askWhichBoard } from "./choose-port"
import { EXIT, type Act, type CommandContext, type ExitCode } from "./command-context"
import { styleFor } from "./output"
import { Progress } from "./progress"
import { readBoardFlags } from "./run-options"
import { watchSource } from "./watch"
import { watchLink } from "./watch-port"
import type { WatchSource } from "./watch-source"

const EXAMPLES = `
Examples:
  $ heapscope deploy                               this project's src/main.ts, to the board that is connected
  $ heapscope deploy src/main.ts --port /dev/ttyACM0
  $ heapscope deploy src/main.ts --watch           and then its heap, structures and log, live
  $ heapscope deploy bytecode.devs --port tcp://127.0.0.1:8082 --no-start

Exit codes: 0 the board has the program, 2 it does not and the message says why, 130 interrupted.`

interface DeployFlags {
    port: string
    start: boolean
    watch?: boolean
    board: string
    record?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

export function addDeployCommand(program: Command, act: Act): void {
    program
        .command("deploy")
        .summary("build a program and put it on a board")
        .description(
            "Builds a program, sends it to a board over its serial port, verifies that the board has exactly that, and starts it. A board that has it already only restarts it. The settings in the project's .env.defaults and .env.local are given to the board, too.",
        )
        .argument("[entry]", "a .ts source, a compiled .devs file or a project's folder")
        .option("--port <port>", "a serial port, tcp://host:port, or auto", "auto")
        .option("--no-start", "leave the program stopped")
        .option("--watch", "watch the program from its first line on, as `heapscope watch` does")
        .option("--board <id>", "with --watch: the board, for the size of its heap", "pico")
        .option("--record <file>", "with --watch: write every event as it comes")
        .option("--json", "print the result as JSON; with --watch, then an event a line")
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
    context: CommandContext,
): Promise<ExitCode> {
    parsePort(flags.port)
    if (flags.watch && !flags.start)
        throw new UserError("--watch watches the program run: leave out --no-start.")
    if (flags.record !== undefined && !flags.watch)
        throw new UserError("--record writes what --watch shows: add --watch.")
    const { cwd, stderr, signal } = context
    const { board } = readBoardFlags({ board: flags.board, seed: "1" }, cwd)
    const progress = new Progress(stderr, !flags.quiet)
    let link: BoardLink | undefined
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        progress.show(`looking for the board (${flags.port})`)
        const port = await findPort(flags.port, askWhichBoard(context, progress))
        link = new BoardLink(port, { reconnect: !!flags.watch })
        await link.open()
        let source: WatchSource | undefined
        const result = await deployOver(link, program, flags, progress, context, () => {
            if (flags.watch) source = watchLink(link!, { board, program })
        })
        progress.clear()
        tell(program, link, result, flags, context)
        return source ? await watchSource(source, flags, context) : EXIT.ok
    } finally {
        progress.clear()
        await link?.close()
    }
}

/** @param onVerified called between the board's word for it and the program's start */
async function deployOver(
    link: BoardLink,
    { bytecode, settings }: Program,
    { start }: DeployFlags,
    progress: Progress,
    { signal, stderr }: CommandContext,
    onVerified: () => void,
): Promise<Deployment> {
    const bus = await openBus(link)
    try {
        signal.throwIfAborted()
        const { SRV_DEVICE_SCRIPT_MANAGER } = await import("jacdac-ts")
        const manager = await findService(bus, SRV_DEVICE_SCRIPT_MANAGER, "DeviceScript manager")
        const warnings = await deploySettings(bus, settings)
        signal.throwIfAborted()
        for (const warning of warnings) stderr.write(`${warning}\n`)
        return await deploy(manager, bytecode, {
            signal,
            start,
            onVerified,
            onProgress: part =>
                progress.show(`sending to ${link.address} · ${formatPercent(part)}`),
        })
    } finally {
        await bus.close()
    }
}

function tell(
    { entry, bytecode, settings }: Program,
    { address }: BoardLink,
    result: Deployment,
    { json, watch, color }: DeployFlags,
    { stdout }: CommandContext,
): void {
    if (json) {
        const document = {
            schema: "heapscope/deploy@1",
            program: { entry, bytecodeBytes: bytecode.length },
            port: address,
            // Their names alone: some are passwords.
            settings: [...settings.keys()],
            ...result,
        }
        stdout.write(JSON.stringify(document, null, watch ? 0 : 2) + "\n")
        return
    }
    const { colors } = styleFor(stdout, color)
    const { changed, running, sha256 } = result
    stdout.write(
        `${colors.green("✓")} ${entry} ${changed ? "is" : "was already"} on the board at ${address} and ${running ? "runs" : "is stopped"}\n` +
            `  ${formatBytesExact(bytecode.length)} · verified by the board, SHA-256 ${sha256}\n` +
            (settings.size > 0 ? `  settings: ${[...settings.keys()].join(", ")}\n` : ""),
    )
}
