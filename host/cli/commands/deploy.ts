import type { Command } from "commander"
import { DEFAULT_BOARD } from "../../api/run-settings"
import { toJson } from "../../base/json"
import type { Board } from "../../boards/board"
import { checkProgramRoom } from "../../boards/program-room"
import { findBoard, findBoardOfProduct, listBoards } from "../../boards/node/find-board"
import { UserError } from "../../base/errors"
import { BoardLink } from "../../link/board-link"
import { deployProgram, type ProgramDeployment } from "../../link/deploy/deploy-program"
import { describeDeployment, LEFT_WITH } from "../../link/deploy/describe-deployment"
import { findPort } from "../../link/node/find-port"
import { parsePort } from "../../link/transport/parse-port"
import { formatPercent } from "../../base/format-units"
import type { Program } from "../../model/program/program"
import { buildEntry } from "../build-entry"
import { askWhichBoard } from "../choose-port"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { checkOutputs } from "../check-outputs"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { readBoardFlags } from "../run-options"
import { watchSource } from "../watch-source"
import { emulate, type Emulation } from "../../tasks/emulated/emulate"
import { watchLink } from "../../tasks/watch-port"
import type { Source } from "../../model/flow"

const EXAMPLES = `
Examples:
  $ heapscope deploy                               this project's src/main.ts, to the board that is connected
  $ heapscope deploy src/main.ts --port /dev/ttyACM0
  $ heapscope deploy src/main.ts --watch           and then its heap, structures and log, live
  $ heapscope deploy src/main.ts --emulator firmware.uf2 --watch   on the Pico's real firmware, emulated
  $ heapscope deploy bytecode.devs --port tcp://127.0.0.1:8082 --no-start

Exit codes: 0 the board has the program, 1 it has it and the program died at once, 2 it does not and the message says why, 130 interrupted.`

export interface DeployFlags {
    port?: string
    emulator?: string
    start: boolean
    watch?: boolean
    exact: boolean
    board?: string
    record?: string
    json?: boolean
    quiet?: boolean
    color: boolean
}

export function addDeployCommand(program: Command, act: Act): void {
    program
        .command("deploy")
        .description(
            "Builds a program, sends it to a board over its serial port, verifies that the board has exactly that, and starts it. A board that has it already only restarts it; one that resets itself, since the program's hardware is another, is waited for. The settings in the project's .env.defaults and .env.local are given to the board, too.",
        )
        .argument("[entry]", "a .ts source, a compiled .devs file or a project's folder")
        .option("--port <port>", "a serial port, tcp://host:port, or auto (default: auto)")
        .option(
            "--emulator <file.uf2>",
            "to a board with its real firmware, emulated (RP2040), which ends with the command",
        )
        .option("--no-start", "leave the program stopped, until the board is reset")
        .option("--watch", "watch the program from its first line on, as `heapscope watch` does")
        .option("--no-exact", "with --watch: as `heapscope watch --port --no-exact`")
        .option("--board <id>", "which board it is (default: as it says itself, else a pico)")
        .option("--record <file>", "with --watch: write every event as it comes")
        .option("--json", "print the result as JSON; with --watch, then an event a line")
        .option("--quiet", "no progress")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((entry: string | undefined, flags: DeployFlags) =>
            act(context => deployEntry(entry, flags, context)),
        )
}

export async function deployEntry(
    entry: string | undefined,
    flags: DeployFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { port: at = "auto", emulator } = flags
    parsePort(at)
    if (emulator !== undefined && flags.port !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--port is one board and --emulator another: leave one of them out.",
        )
    if (flags.watch && !flags.start)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--watch watches the program run: leave out --no-start.",
        )
    if (!flags.exact && !flags.watch)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--no-exact says how to watch: add --watch, or leave it out.",
        )
    if (flags.record !== undefined && !flags.watch)
        throw new UserError("E_FLAG_CONFLICT", "--record writes what --watch shows: add --watch.")
    const { cwd, stderr, signal } = context
    checkOutputs(cwd, { "--record": flags.record }, { inputs: [entry], json: flags.json })
    const named =
        flags.board === undefined
            ? undefined
            : readBoardFlags({ board: flags.board, seed: "1" }, cwd).board
    const progress = new Progress(stderr, !flags.quiet)
    let link: BoardLink | undefined
    let emulation: Emulation | undefined
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        checkSize(program, named)
        if (emulator !== undefined) {
            progress.show("the firmware starts")
            const notify = (text: string) => {
                progress.clear()
                stderr.write(`heapscope: ${text}\n`)
            }
            const seed = "1"
            const { board, makeWorld } = readBoardFlags(
                { board: flags.board ?? DEFAULT_BOARD, seed },
                cwd,
            )
            const world = makeWorld(Number(seed), program)
            emulation = await emulate({
                ...{ file: emulator, cwd, board, seed: Number(seed), world, notify, signal },
            })
        } else progress.show(`looking for the board (${at})`)
        const port = emulation?.port ?? (await findPort(at, askWhichBoard(context, progress)))
        link = new BoardLink(port, { reconnect: true })
        await link.open()
        const { result, source } = await deployOver(
            ...([link, program, named, flags, progress, context] as const),
        )
        progress.clear()
        tell(program, link, result, flags, context)
        if (source) return await watchSource(source, { ...flags }, context)
        return result.panic === undefined ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
        await link?.close()
        emulation?.close()
    }
}

/** @returns with the result the program to watch, from its first line on, if that is wanted */
async function deployOver(
    link: BoardLink,
    program: Program,
    named: Board | undefined,
    flags: DeployFlags,
    progress: Progress,
    { signal, stderr }: CommandContext,
): Promise<{ result: ProgramDeployment; source: Source | undefined }> {
    let board = named
    let source: Source | undefined
    const result = await deployProgram(link, program, {
        ...{ signal, start: flags.start, ofProduct: findBoardOfProduct },
        onAnswer: ({ board: answers }) => {
            board ??= answers
            checkSize(program, board)
            if (answers && named && answers.id !== named.id) {
                progress.clear()
                stderr.write(
                    `The board says it is ${answers.id} (${answers.name}), not ${named.id}: figures are of ${named.id}, as --board says.\n`,
                )
            }
        },
        onWarning: warning => void stderr.write(`${warning}\n`),
        onVerified: () => {
            if (!flags.watch) return
            source = watchLink(link, {
                board: board ?? findBoard(DEFAULT_BOARD),
                ...{ program, looksFirst: flags.exact },
            })
        },
        onBrokenOff: left => {
            progress.clear()
            stderr.write(`${LEFT_WITH[left]}\n`)
        },
        onProgress: part => progress.show(`sending to ${link.address} · ${formatPercent(part)}`),
    })
    return { result, source }
}

/** @throws UserError when the board cannot hold the program; where it is not known, no board that there is */
function checkSize(program: Program, board: Board | undefined): void {
    const most = listBoards().toSorted((a, b) => b.programFlashBytes - a.programFlashBytes)[0]!
    checkProgramRoom(program, board ?? { ...most, name: `${most.name}, which has most` })
}

function tell(
    { entry, bytecode, settings }: Program,
    { address }: BoardLink,
    { answers, ...result }: ProgramDeployment,
    { json, watch, color, emulator }: DeployFlags,
    { stdout }: CommandContext,
): void {
    if (json) {
        const document = {
            schema: "heapscope/deploy@1",
            program: { entry, bytecodeBytes: bytecode.length },
            port: address,
            board: answers.board?.id ?? null,
            productId: answers.productId ?? null,
            // Their names alone: some are passwords.
            settings: [...settings.keys()],
            ...result,
        }
        stdout.write(toJson(document, watch ? 0 : 2) + "\n")
        return
    }
    const { colors } = styleFor(stdout, color)
    const mark = result.panic === undefined ? colors.green("✓") : colors.red("✗")
    const { headline, details } = describeDeployment({ entry, bytecode, settings }, address, {
        ...{ answers, ...result },
    })
    stdout.write(
        `${mark} ${headline}\n` +
            details.map(detail => `  ${detail}\n`).join("") +
            (watch ? "" : `  ${colors.bold(nextAfter(entry, address, emulator))}\n`),
    )
}

function nextAfter(entry: string, address: string, emulator: string | undefined): string {
    if (emulator !== undefined)
        return `next: heapscope watch ${entry} --emulator ${emulator}   (its heap, live)`
    return `next: heapscope watch --port ${address} --program ${entry}   (its heap, live)`
}
