import { once } from "node:events"
import { resolve } from "node:path"
import type { Command } from "commander"
import { UserError } from "../../../base/errors"
import { formatBytes } from "../../../base/format-units"
import { toJson } from "../../../base/json"
import { sanitize } from "../../../base/sanitize"
import type { SiteReport } from "../../../documents/site/site-report"
import { siteParts, type SitePart } from "../../../playground/node/site-parts"
import { SiteServer } from "../../../playground/node/site-server"
import { writeSite } from "../../../playground/node/write-site"
import { readPort } from "../../../sinks/web/page-flags"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../../command-context"

const EXAMPLES = `
Examples:
  $ heapscope site                        serve it to this machine, and print its address
  $ heapscope site --port 4850            always at the same address
  $ heapscope site --out site             write it, for any static host
  $ heapscope site --out site --json      what was written

Nothing of it needs a server that does more than hand out files, and it works below any path. What is written
works without a network after the first visit, where it is served with https or to its own machine. A folder that
holds anything but such a site is left as it is. Exit codes: 0 written, 2 it could not be, 130 ended by Ctrl-C.`

interface SiteFlags {
    port?: string
    out?: string
    json?: boolean
}

export function addSiteCommand(program: Command, act: Act): void {
    program
        .command("site")
        .description(
            "The playground: a program's code beside its simulated board, with compiler, world and lessons, all of it in a browser tab. Serves it to this machine, or writes it to a folder for any static host.",
        )
        .option("--port <port>", "serve it at this port of 127.0.0.1 (default: a free one)")
        .option("--out <folder>", "write it there instead of serving it")
        .option("--json", "print what was written, or where it is served, as JSON")
        .addHelpText("after", EXAMPLES)
        .action((flags: SiteFlags) => act(context => site(flags, context)))
}

async function site(flags: SiteFlags, context: CommandContext): Promise<ExitCode> {
    const { port, out } = flags
    if (port !== undefined && out !== undefined)
        throw new UserError("E_FLAG_CONFLICT", "--port serves the site, --out writes it: say one.")
    const parts = siteParts()
    return out === undefined
        ? serve(parts, readPort(port, "--port"), flags, context)
        : write(parts, out, flags, context)
}

async function serve(
    parts: readonly SitePart[],
    port: number,
    { json }: SiteFlags,
    { stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const server = await SiteServer.listen(parts, port)
    if (json) stdout.write(toJson(reportOf(parts, { address: server.address })) + "\n")
    else stderr.write(`site: ${server.address}\nOpen it in a browser. Ctrl-C ends it.\n`)
    if (!signal.aborted) await once(signal, "abort")
    await server.close()
    return EXIT.interrupted
}

function write(
    parts: readonly SitePart[],
    out: string,
    { json }: SiteFlags,
    { cwd, stdout }: CommandContext,
): ExitCode {
    const folder = resolve(cwd, out)
    const written = writeSite(parts, folder, sanitize(out))
    const bytes = written.reduce((sum, part) => sum + part.bytes.length, 0)
    stdout.write(
        json
            ? toJson(reportOf(written, { folder }), 2) + "\n"
            : `wrote ${sanitize(out)}: ${written.length} files, ${formatBytes(bytes)}\n`,
    )
    return EXIT.ok
}

function reportOf(
    parts: readonly SitePart[],
    where: { address: string } | { folder: string },
): SiteReport {
    return {
        ...{ schema: "heapscope/site@1", address: null, folder: null, ...where },
        files: parts.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
    }
}
