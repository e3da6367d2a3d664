import { formatBytesExact, formatDuration } from "../../base/format-units"
import { HeapscopeError } from "../../base/errors"
import { findBoardOfProduct } from "../../boards/node/find-board"
import { CLI_VERSION } from "../../compiler/cli-version"
import type { DoctorCheck } from "../../documents/boards/doctor-report"
import { BoardLink } from "../../link/board-link"
import { readFacts } from "../../link/deploy/board-facts"
import { describeOther, isKnownRuntime } from "../../link/deploy/runtime-version"
import { findServices, SERVICE_CLASS } from "../../link/jacdac/find-services"
import { NoAnswerError } from "../../link/jacdac/service-client"
import type { Port } from "../../link/transport/byte-stream"
import { bad, good } from "./machine-checks"

/** How long a board may take for its first word, in milliseconds: one that was just reset needs two seconds. */
const ANSWER_MS = 3000

/**
 * What a board at a port says of itself: which it is, its firmware, the program on it. Nothing on it changes.
 * @param builtSha256 of the project's program as it was last built, in hexadecimal
 */
export async function checkBoard(
    port: Port,
    { cwd, signal, builtSha256 }: { cwd: string; signal?: AbortSignal; builtSha256?: string },
): Promise<DoctorCheck[]> {
    const link = new BoardLink(port, { answerMs: ANSWER_MS })
    const { address } = link
    try {
        await link.open()
        const services = await findServices(link, SERVICE_CLASS.manager, {
            ...(signal && { signal }),
        })
        signal?.throwIfAborted()
        if (!services) return [noFirmware(`${address}: no DeviceScript board announces itself.`)]
        const facts = await readFacts(link, services)
        const { productId, runtimeVersion, programBytes, sha256, uptimeMs } = facts
        const board = findBoardOfProduct(productId, cwd)
        const on = ` (up for ${formatDuration(uptimeMs)})`
        return [
            board
                ? good("board", `${address}: ${board.name} (${board.id})${on}.`)
                : {
                      ...good(
                          "board",
                          `${address}: a board that is not known here, product 0x${(productId ?? 0).toString(16)}${on}.`,
                      ),
                      status: "warning",
                      hint: "Put its *.board.json into the project's boards/ folder.",
                  },
            isKnownRuntime(runtimeVersion)
                ? good(
                      "firmware",
                      `DeviceScript ${runtimeVersion}; programs are compiled by ${CLI_VERSION}.`,
                  )
                : {
                      ...good("firmware", `${describeOther(runtimeVersion)}.`),
                      status: "warning",
                      commands: [`heapscope flash --board ${board?.id ?? "<id>"}`],
                  },
            programBytes > 0
                ? good(
                      "program",
                      `${formatBytesExact(programBytes)}, SHA-256 ${sha256}${sha256 === builtSha256 ? ": the project's, as it was last built" : ""}.`,
                  )
                : {
                      ...good("program", "There is no program on the board."),
                      status: "warning",
                      commands: [`heapscope deploy --port ${address} --watch`],
                  },
        ]
    } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof HeapscopeError || error instanceof NoAnswerError)
            return [noFirmware(error.message)]
        throw error
    } finally {
        await link.close()
    }
}

function noFirmware(message: string): DoctorCheck {
    return {
        ...bad("board", message),
        commands: ["heapscope flash --board <id>"],
        hint: "Close whatever else has the port open; press the board's reset button. If it has no DeviceScript firmware, `heapscope boards <id>` tells how to get it into its boot mode.",
    }
}
