import type { Command } from "commander"
import { toJson } from "../../base/json"
import { listPorts, type PortFacts } from "../../link/node/ports"
import { sanitize } from "../../base/sanitize"
import { renderTable } from "../../sinks/terminal/text/table"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"

const EXAMPLES = `
Examples:
  $ heapscope ports
  $ heapscope ports --json | jq -r '.ports[] | select(.family) | .path'`

interface PortsFlags {
    json?: boolean
    color: boolean
}

export function addPortsCommand(program: Command, act: Act): void {
    program
        .command("ports")
        .description(
            "Lists the serial ports of this machine and what is known of each by its USB ids. It opens none of them.",
        )
        .option("--json", "print the list as JSON")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((flags: PortsFlags) => act(context => ports(flags, context)))
}

async function ports(flags: PortsFlags, { stdout, stderr }: CommandContext): Promise<ExitCode> {
    const list = await listPorts()
    if (flags.json) stdout.write(toJson({ schema: "heapscope/ports@1", ports: list }, 2) + "\n")
    else if (list.length === 0)
        stderr.write(
            "There is no serial port. Plug a board in; a container must be given its device.\n",
        )
    else {
        const columns = ["port", "USB id", "what it may be", "says of itself"].map(title => ({
            title,
            align: "left" as const,
        }))
        stdout.write(renderTable(columns, list.map(row), styleFor(stdout, flags.color)) + "\n")
    }
    return EXIT.ok
}

function row({ path, vendorId, productId, family, manufacturer, serialNumber }: PortFacts) {
    // What a device says of itself is the device's to choose.
    const own = [manufacturer, serialNumber].filter(text => text !== undefined).join(" · ")
    return [
        sanitize(path),
        vendorId === undefined ? "" : sanitize(`${vendorId}:${productId ?? "?"}`),
        family?.name ?? "",
        sanitize(own),
    ]
}
