import type { Command } from "commander"
import { toJson } from "../../base/json"
import { SerialStreamPort } from "../../link/node/serial-stream"
import { findPort } from "../../link/node/find-port"
import { renderDoctor } from "../../sinks/terminal/boards/doctor-terminal"
import { doctor } from "../../tasks/doctor/doctor"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"
import { Progress } from "../progress"

interface DoctorFlags {
    port?: string
    /** False with --no-board. */
    board: boolean
    json?: boolean
    quiet?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope doctor
  $ heapscope doctor --port /dev/ttyACM0          this board alone
  $ heapscope doctor --json | jq '.checks[] | select(.status == "bad")'

It changes nothing, on this machine or on a board. Exit codes: 0 nothing has to be mended, 1 something has.`

export function addDoctorCommand(program: Command, act: Act): void {
    program
        .command("doctor")
        .description(
            "Looks at Node, the packages, the project, the serial ports and whether you may use them, the board at each, its firmware and the program on it; tells what is wrong and the command that mends it.",
        )
        .option(
            "--port <port>",
            "look at the board at this port: /dev/ttyACM0, COM3, tcp://host:port, auto",
        )
        .option("--no-board", "ask no board")
        .option("--json", "print as JSON")
        .option("--quiet", "no progress on stderr")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: DoctorFlags) => act(context => examine(flags, context)))
}

async function examine(
    flags: DoctorFlags,
    { cwd, stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const progress = new Progress(stderr, !flags.quiet)
    try {
        const port = flags.port === undefined ? undefined : await findPort(flags.port)
        const report = await doctor({
            ...{ cwd, signal, withoutBoard: !flags.board },
            ...(port && { port }),
            open: path => new SerialStreamPort(path),
            onProgress: text => progress.show(text),
        })
        progress.clear()
        if (flags.json) stdout.write(toJson(report, 2) + "\n")
        else stdout.write(renderDoctor(report, styleFor(stdout, flags.color)) + "\n")
        return report.passed ? EXIT.ok : EXIT.failed
    } finally {
        progress.clear()
    }
}
