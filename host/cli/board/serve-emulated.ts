import { basename } from "node:path"
import { toJson } from "../../base/json"
import { untilAborted } from "../../base/pause"
import { formatBytesExact, formatDuration } from "../../base/format-units"
import type { Board } from "../../boards/board"
import { BoardLink } from "../../link/board-link"
import { parseTcp } from "../../link/transport/parse-port"
import type { MemoryEvent } from "../../model/events"
import type { Program } from "../../model/program/program"
import type { World } from "../../simulator/world/world"
import { BoardServer } from "../../simulator/served/tcp-server"
import { sramOf } from "../../tasks/emulated/compare-reading"
import { emulate, putProgram } from "../../tasks/emulated/emulate"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"
import { tellServed } from "./serve-board"

export interface ServeEmulatedOptions {
    /** `tcp://host:port`; port 0 takes a free one. */
    address: string
    /** The firmware, a UF2 file. */
    file: string
    board: Board
    seed: number
    /** What is at its pins and on its buses. */
    world: World
    /** Board time between two looks at the heap in the chip's memory. Default: none. */
    sampleMs: number | undefined
    json: boolean
}

/** Real milliseconds between two looks at the board's clock. */
const TICK_MS = 5

/**
 * Offers a board that runs its real firmware, emulated, on the network until Ctrl-C. The program is put
 * on it over its wire; its heap is told out of the chip's memory, of which the firmware feels nothing.
 */
export async function serveEmulated(
    program: Program,
    { address, file, board, seed, world, sampleMs, json }: ServeEmulatedOptions,
    context: CommandContext,
): Promise<ExitCode> {
    const { cwd, stdout, stderr, signal } = context
    const where = parseTcp(address)
    const notify = (text: string) => void stderr.write(`heapscope: ${text}\n`)
    const emulation = await emulate({ file, cwd, board, seed, world, notify, signal })
    const { board: emulated } = emulation
    let server: BoardServer | undefined
    let sampling: NodeJS.Timeout | undefined
    try {
        const link = new BoardLink(emulation.port, { reconnect: true })
        try {
            await link.open()
            await putProgram(link, board, program, { signal })
        } finally {
            await link.close()
        }
        server = await BoardServer.start(emulated, where, plugged => {
            if (!json) stderr.write(plugged ? "a host is connected\n" : "the host has gone\n")
        })
        const what = `${program.entry} runs on ${basename(file)}, an emulated ${board.id},`
        tellServed(where.host, server.address, what, json, context)
        if (sampleMs !== undefined) {
            let next = emulated.nowMs
            sampling = setInterval(() => {
                if (emulated.nowMs < next) return
                const heap = sramOf(emulated)?.figures
                if (!heap) return
                next = emulated.nowMs + sampleMs
                const event: MemoryEvent = {
                    kind: "figures",
                    atMs: Math.floor(emulated.nowMs),
                    heap,
                }
                stdout.write(json ? toJson(event, 0) + "\n" : lineOf(event))
            }, TICK_MS)
        }
        await untilAborted(signal)
        return EXIT.interrupted
    } finally {
        clearInterval(sampling)
        emulation.close()
        await server?.close()
    }
}

function lineOf({ atMs, heap }: Extract<MemoryEvent, { kind: "figures" }>): string {
    const { usedBytes, liveBytes, largestFreeBytes, blocks } = heap
    return `${formatDuration(atMs)} · used ${formatBytesExact(usedBytes)} · live ${formatBytesExact(liveBytes)} · largest free ${formatBytesExact(largestFreeBytes)} · ${blocks} blocks\n`
}
