import type { Command } from "commander"
import { toJson } from "../../base/json"
import type { Board } from "../../boards/board"
import { listBoards } from "../../boards/node/find-board"
import { formatBytesExact } from "../../base/format-units"
import { renderTable } from "../../sinks/terminal/text/table"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"

const EXAMPLES = `
Examples:
  $ heapscope boards
  $ heapscope boards --json | jq '.boards[].id'`

interface BoardsFlags {
    json?: boolean
    color: boolean
}

export function addBoardsCommand(program: Command, act: Act): void {
    program
        .command("boards")
        .summary("list the boards and their memory")
        .description("Lists the boards and what memory each gives a program.")
        .option("--json", "print the list as JSON, with the source of each figure")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: BoardsFlags) => act(context => boards(flags, context)))
}

async function boards(flags: BoardsFlags, { stdout }: CommandContext): Promise<ExitCode> {
    const list = listBoards()
    if (flags.json)
        stdout.write(
            toJson({ schema: "heapscope/boards@1", boards: list.map(publicFacts) }, 2) + "\n",
        )
    else {
        const style = styleFor(stdout, flags.color)
        const columns = [
            { title: "board", align: "left" as const },
            { title: "name", align: "left" as const },
            { title: "chip", align: "left" as const },
            { title: "heap", align: "right" as const },
            { title: "RAM", align: "right" as const },
            { title: "program flash", align: "right" as const },
        ]
        const rows = list.map(board => [
            board.id,
            board.name,
            board.chip,
            formatBytesExact(board.heapBytes),
            formatBytesExact(board.sramBytes),
            formatBytesExact(board.programFlashBytes),
        ])
        stdout.write(renderTable(columns, rows, style) + "\n")
    }
    return EXIT.ok
}

/** A board without the places of its files on this machine. */
function publicFacts({ files: _, ...facts }: Board) {
    return facts
}
