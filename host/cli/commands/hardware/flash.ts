import type { Command } from "commander"
import { UserError } from "../../../base/errors"
import { toJson } from "../../../base/json"
import { named, parseDuration } from "../../../base/parse-units"
import { formatPercent } from "../../../base/format-units"
import type { FlashReport } from "../../../documents/boards/flash-report"
import { findBoard, loadBoardFile } from "../../../boards/node/find-board"
import type { Board } from "../../../boards/board"
import { SerialStreamPort } from "../../../link/node/serial-stream"
import { TcpPort } from "../../../link/node/tcp-stream"
import { parsePort, type PortName } from "../../../link/transport/parse-port"
import { isWanted, renderFlash } from "../../../sinks/terminal/boards/flash-terminal"
import { flash } from "../../../tasks/flash/flash"
import { whichBoard } from "../../../tasks/flash/which-board"
import { askYes } from "../../ask-trust"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../../command-context"
import { styleFor } from "../../output"
import { Progress } from "../../progress"
import { isProject } from "../../run-options"
import { deployEntry } from "../deploy"
import { flashInBrowser } from "./flash-web"

const EXAMPLES = `
Examples:
  $ heapscope flash --board pico                      the official release; hold BOOTSEL while you plug it in
  $ heapscope flash --board esp32c3_bare --port /dev/ttyACM0
  $ heapscope flash --board pico --dry-run            what would be written, and where
  $ heapscope flash --board my_board --firmware devicescript-esp32s2-generic-0x1000.bin --erase
  $ heapscope flash --board pico --volume /media/me/RPI-RP2 --json
  $ heapscope flash --web                             the same from a browser, and then the board live in its tab

The file is checked before anything is written: its format's own rules, chip, sizes, sums, and room for the
board's configuration, which is put in. Exit codes: 0 the board has it and came up, 1 it did not come up as that
board, 2 it was not written whole and the message says why, 130 interrupted.`

interface FlashFlags {
    board: string
    firmware?: string
    port: string
    volume?: string
    erase?: boolean
    dryRun?: boolean
    /** False with --no-confirm. */
    confirm: boolean
    wait: string
    json?: boolean
    quiet?: boolean
    color: boolean
    web?: string | true
}

export function addFlashCommand(program: Command, act: Act): void {
    program
        .command("flash")
        .description(
            "Puts the DeviceScript runtime, with the board's configuration, on a new board or over an older one: by the drive that an RP2040's boot ROM makes of it, or through the serial loader in the boot ROM of an ESP32. Tells how to enter the boot mode, checks the firmware and the chip first, verifies, and waits until the board comes up. Programs and settings stay, unless --erase.",
        )
        .option("--board <id>", "an id, a *.board.json file, or auto", "auto")
        .option(
            "--firmware <file>",
            "a .uf2 or .bin file, or its address (default: the official release)",
        )
        .option("--port <port>", "the serial port of the board, tcp://host:port, or auto", "auto")
        .option("--volume <folder>", "the drive of an RP2040 in its boot mode (default: found)")
        .option("--erase", "leave nothing of the programs and settings on the board")
        .option("--dry-run", "check all, and say what would be written where")
        .option("--no-confirm", "do not wait for the board to come up")
        .option("--wait <time>", "how long to wait for the board, before and after", "60s")
        .option(
            "--web [port]",
            "serve a page that flashes the board from a browser and then shows it, and print its address",
        )
        .option("--json", "print the result as JSON")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: FlashFlags, command: Command) =>
            act(context =>
                flags.web === undefined
                    ? flashBoard(flags, context)
                    : flashWeb({ ...flags, web: flags.web }, command, context),
            ),
        )
}

/** In a browser the board is chosen there, where none is named. */
function flashWeb(
    flags: FlashFlags & { web: string | true },
    command: Command,
    context: CommandContext,
): Promise<ExitCode> {
    const { board } = flags
    const named = board === "auto" ? undefined : namedBoard(board, context.cwd)
    const isGiven = (name: string) => command.getOptionValueSource(name) === "cli"
    return flashInBrowser(flags, named, isGiven, context)
}

function namedBoard(board: string, cwd: string): Board {
    return board.endsWith(".json") ? loadBoardFile(board) : findBoard(board, cwd)
}

async function flashBoard(flags: FlashFlags, context: CommandContext): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const port = parsePort(flags.port)
    const waitMs = named("--wait", () => parseDuration(flags.wait))
    const progress = new Progress(stderr, !flags.quiet)
    let report: FlashReport
    try {
        const board = await boardOf(flags, port, context)
        if (flags.volume !== undefined && board.firmware.image.format !== "uf2")
            throw new UserError(
                "E_FLAG_CONFLICT",
                `--volume is for boards that are a drive in their boot mode, and a ${board.name} is none: name its --port.`,
            )
        report = await flash({
            ...{ board, port, cwd, signal, waitMs },
            ...(flags.firmware !== undefined && { firmware: flags.firmware }),
            ...(flags.volume !== undefined && { volume: flags.volume }),
            ...{ erase: !!flags.erase, dryRun: !!flags.dryRun, confirm: flags.confirm },
            onProgress: (text, part) =>
                progress.show(part === undefined ? text : `${text} · ${formatPercent(part)}`),
            onAsk: text => {
                progress.clear()
                stderr.write(`${text}\n`)
            },
        })
    } finally {
        progress.clear()
    }
    if (flags.json) stdout.write(toJson(report, 2) + "\n")
    else stdout.write(renderFlash(report, styleFor(stdout, flags.color)) + "\n")
    if (report.dryRun || !flags.confirm) return EXIT.ok
    if (report.cameUp && isWanted(report)) return goOn(report.cameUp.port, flags, context)
    stderr.write(notUp(report))
    return EXIT.failed
}

async function boardOf(
    { board, volume, port: given }: FlashFlags,
    name: PortName,
    { cwd, signal }: CommandContext,
): Promise<Board> {
    if (board !== "auto") return namedBoard(board, cwd)
    return whichBoard({
        ...{ cwd, signal },
        ...(name.kind === "serial" && { port: new SerialStreamPort(given) }),
        ...(name.kind === "tcp" && { port: new TcpPort(name.host, name.port) }),
        ...(volume !== undefined && { volume }),
    })
}

/** What comes next is a program. */
async function goOn(
    port: string,
    { json, quiet, color }: FlashFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const next = `next: heapscope deploy --port ${port} --watch   (a program, and its heap live)`
    const ask = json || !isProject(context.cwd) ? undefined : askYes(context)
    if (ask && (await ask("Put this project's program on it now? [y/N] ")))
        return deployEntry(
            undefined,
            { port, start: true, exact: true, watch: true, color, ...(quiet && { quiet }) },
            context,
        )
    if (!json) context.stdout.write(`  ${next}\n`)
    return EXIT.ok
}

function notUp({ board, cameUp, target }: FlashReport): string {
    if (cameUp)
        return `What came up at ${cameUp.port} is not the ${board.name} (${board.id}): is another board connected there?\n`
    return `The ${board.name} was written${target.kind === "drive" ? " and left its drive" : ""}, but did not come up on the bus. Press its reset button or plug it in again, then: heapscope doctor\n`
}
