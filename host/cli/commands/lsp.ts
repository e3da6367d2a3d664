import { createRequire } from "node:module"
import { join } from "node:path"
import { Option, type Command } from "commander"
import { packageRoot } from "../../base/node/package-root"
import { parseDuration } from "../../base/parse-units"
import { findBoard } from "../../boards/node/find-board"
import type { serveEditor } from "../../lsp/main"
import type { Act, CommandContext, ExitCode } from "../command-context"

interface LspFlags {
    board?: string
    for?: string
}

const EXAMPLES = `
Neovim:
  vim.lsp.config("heapscope", { cmd = { "npx", "heapscope", "lsp" }, filetypes = { "typescript" },
      root_markers = { "devsconfig.json" } })
  vim.lsp.enable("heapscope")
Helix, languages.toml:
  [language-server.heapscope]
  command = "npx"
  args = ["heapscope", "lsp"]
VS Code and its kin: the extension in this package, ${join(packageRoot(), "dist", "vscode")}

It speaks the Language Server Protocol on stdin and stdout. What lines allocate is that of the last
\`heapscope profile\` of the project, diagnostics are those of its last \`heapscope check\`; both can be run
from the editor. Settings: heapscope.board, heapscope.for.`

export function addLspCommand(program: Command, act: Act): void {
    program
        .command("lsp")
        .description(
            "Serves an editor: bytes of a type, a class or a literal at the cursor, on this VM and packed, and how many fit the board; what lines allocated in the last run; what the last check found. Editors start it, people do not.",
        )
        .option(
            "--board <id>",
            "what things are to fit on (default: the board that a file imports as @dsboard, else pico)",
        )
        .option("--for <duration>", "simulated time of a profile that the editor asks for: 10m")
        // What editors add of their own accord: there is no other way, and nothing is done about it.
        .addOption(new Option("--stdio").hideHelp())
        .addOption(new Option("--clientProcessId <pid>").hideHelp())
        .addHelpText("after", EXAMPLES)
        .action((flags: LspFlags) => act(context => lsp(flags, context)))
}

/** Never comes back: the protocol's `exit` ends the process. */
function lsp({ board, for: time }: LspFlags, { cwd, stderr }: CommandContext): Promise<ExitCode> {
    if (board !== undefined) findBoard(board, cwd)
    if (time !== undefined) parseDuration(time)
    if (process.stdin.isTTY)
        stderr.write("heapscope lsp waits for an editor on stdin: --help says how one starts it.\n")
    const server = createRequire(join(packageRoot(), "dist", "package.json"))(
        "./language-server.cjs",
    ) as { serveEditor: typeof serveEditor }
    server.serveEditor({
        ...(board !== undefined && { board }),
        ...(time !== undefined && { for: time }),
    })
    return new Promise(() => undefined)
}
