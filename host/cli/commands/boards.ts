import type { Command } from "commander"
import { DEFAULT_FOR } from "../../api/run-settings"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { ARCHITECTURES } from "../../boards/architectures"
import { boardFacts } from "../../boards/board-facts"
import { allBoards, findBoard, loadBoardFile } from "../../boards/node/find-board"
import type { BoardFacts, BoardsReport } from "../../documents/boards/boards-report"
import {
    renderBoard,
    renderBoards,
    renderWiring,
} from "../../sinks/terminal/boards/boards-terminal"
import { findWiring } from "../../tasks/fit/find-wiring"
import { buildEntry } from "../build-entry"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"
import { readRunFlags } from "../run-options"

const EXAMPLES = `
Examples:
  $ heapscope boards
  $ heapscope boards pico                      its memory, USB ids, boot mode and pins
  $ heapscope boards pico --wiring src/main.ts  what a program uses at which pin
  $ heapscope boards --chip esp32c3
  $ heapscope boards --json | jq '.boards[].id'`

interface BoardsFlags {
    chip?: string
    wiring?: string
    for: string
    json?: boolean
    color: boolean
}

export function addBoardsCommand(program: Command, act: Act): void {
    program
        .command("boards")
        .description(
            "Lists the boards and what memory each gives a program; of one board all that is known: where each figure is from, USB ids, boot mode and pins. The project's own, in boards/*.board.json, are among them.",
        )
        .argument("[board]", "an id, a chip, or a *.board.json file")
        .option("--chip <chip>", "only boards with this chip, as esp32s2")
        .option(
            "--wiring <entry>",
            "draw the board with what this program uses at its pins, as a run in the simulator finds it",
        )
        .option("--for <duration>", "with --wiring: simulated time to run it", DEFAULT_FOR)
        .option("--json", "print as JSON, with the source of each figure")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((id: string | undefined, flags: BoardsFlags) =>
            act(context => boards(id, flags, context)),
        )
}

async function boards(
    id: string | undefined,
    flags: BoardsFlags,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout } = context
    if (flags.wiring !== undefined) return drawWiring(id, flags.wiring, flags, context)
    const list = id === undefined ? listOf(flags.chip, cwd) : [oneOf(id, flags.chip, cwd)]
    const style = styleFor(stdout, flags.color)
    const report: BoardsReport = { schema: "heapscope/boards@1", boards: list }
    if (flags.json) stdout.write(toJson(report, 2) + "\n")
    else
        stdout.write(
            (id === undefined ? renderBoards(list, style) : renderBoard(list[0]!, style)) + "\n",
        )
    return EXIT.ok
}

async function drawWiring(
    id: string | undefined,
    entry: string,
    flags: BoardsFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    if (id === undefined)
        throw new UserError(
            "E_ARGUMENTS",
            `--wiring draws one board: say which, as \`heapscope boards pico --wiring ${entry}\`.`,
        )
    const facts = oneOf(id, flags.chip, cwd)
    const { board, seed, makeWorld, forMs } = readRunFlags(
        { board: id, for: flags.for, seed: "1" },
        cwd,
        { entry, stderr },
    )
    const progress = new Progress(stderr, true)
    try {
        const program = await buildEntry(entry, { cwd, signal, stderr }, progress)
        progress.show("it runs")
        const wiring = await findWiring(program, { board, seed, makeWorld, forMs, signal })
        signal.throwIfAborted()
        progress.clear()
        const report: BoardsReport = { schema: "heapscope/boards@1", boards: [facts], wiring }
        const style = styleFor(stdout, flags.color)
        const text = flags.json ? toJson(report, 2) : renderWiring(facts, wiring, style)
        stdout.write(`${text}\n`)
        return EXIT.ok
    } finally {
        progress.clear()
    }
}

function oneOf(id: string, chip: string | undefined, cwd: string): BoardFacts {
    if (chip !== undefined)
        throw new UserError(
            "E_ARGUMENTS",
            "--chip picks from the list: leave it out, or the board.",
        )
    return boardFacts(id.endsWith(".json") ? loadBoardFile(id) : findBoard(id, cwd))
}

function listOf(chip: string | undefined, cwd: string): BoardFacts[] {
    const wanted = chip?.toLowerCase().replace(/[-_\s]/g, "")
    if (wanted !== undefined && !Object.hasOwn(ARCHITECTURES, wanted))
        throw new UserError(
            "E_ARGUMENTS",
            `--chip ${chip}: must be one of ${Object.keys(ARCHITECTURES).join(", ")}.`,
        )
    return [...allBoards(cwd)]
        .filter(board => wanted === undefined || [board.chip, board.archId].includes(wanted))
        .map(boardFacts)
}
