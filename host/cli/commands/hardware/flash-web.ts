import { once } from "node:events"
import { UserError } from "../../../base/errors"
import type { Board } from "../../../boards/board"
import { serveFlashPage } from "../../../sinks/web/flash-page"
import { readPort } from "../../../sinks/web/page-flags"
import { EXIT, type CommandContext, type ExitCode } from "../../command-context"
import { flagName } from "../../run-options"

/** What the page asks for itself, or has no use for. */
const NOT_HERE = ["port", "volume", "dryRun", "erase", "confirm", "wait", "json"]

/**
 * Serves the page that flashes, until it is ended.
 * @param given the names of the flags that were given
 * @throws UserError for a flag that would be passed over
 */
export async function flashInBrowser(
    { web, firmware }: { web: string | true; firmware?: string },
    board: Board | undefined,
    given: (name: string) => boolean,
    { cwd, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const passedOver = NOT_HERE.find(given)
    if (passedOver !== undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `${passedOver === "confirm" ? "--no-confirm" : flagName(passedOver)} does not go with --web: the page asks for what it needs.`,
        )
    const server = await serveFlashPage({
        ...{ port: readPort(web), cwd },
        ...(board && { board }),
        ...(firmware !== undefined && { firmware }),
    })
    stderr.write(`page: ${server.address}\n`)
    stderr.write(
        "Open it in Chrome, Edge or Opera, which let a page use a serial port. Ctrl-C ends it.\n",
    )
    if (!signal.aborted) await once(signal, "abort")
    await server.close()
    return EXIT.interrupted
}
