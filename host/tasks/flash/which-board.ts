import { UserError } from "../../base/errors"
import type { Board } from "../../boards/board"
import { allBoards, findBoard, findBoardOfProduct } from "../../boards/node/find-board"
import { askWhatCameUp } from "../../link/flash/ask-what-came-up"
import { findBootVolumes, readBootVolume } from "../../link/node/boot-volumes"
import { listPorts } from "../../link/node/ports"
import type { Port } from "../../link/transport/byte-stream"
import { isPortOf } from "./usb-ports"

/** A board that runs its firmware answers within a few of its announcements. Milliseconds. */
const ANSWER_MS = 2000

export interface WhichOptions {
    cwd: string
    /** The port that is named, if one is. */
    port?: Port
    /** The drive that is named, if one is. */
    volume?: string
    signal: AbortSignal
}

/**
 * The board that is connected: which it says it is, if its firmware runs; else the one of the project's that has
 * a chip like that, or the only one that is known.
 * @throws UserError when nothing tells it, naming those that it may be
 */
export async function whichBoard({ cwd, port, volume, signal }: WhichOptions): Promise<Board> {
    const volumes = volume === undefined ? findBootVolumes() : [readBootVolume(volume) ?? []].flat()
    if (port && volumes.length === 0) {
        const told = await askWhatCameUp(port, ANSWER_MS, signal)
        const board = findBoardOfProduct(told?.productId, cwd)
        if (board) return board
    }
    const ports = volumes.length > 0 || port ? [] : await listPorts().catch(() => [])
    const all = [...allBoards(cwd)]
    const candidates =
        volumes.length > 0
            ? all.filter(({ firmware }) => firmware.bootMode.volume === volumes[0]!.boardId)
            : all.filter(board => ports.some(found => isPortOf(board, found)))
    const own = candidates.filter(({ definedBy }) => definedBy === "project")
    if (own.length === 1) return own[0]!
    if (candidates.length === 1) return findBoard(candidates[0]!.id, cwd)
    throw new UserError(
        "E_UNKNOWN_BOARD",
        candidates.length === 0
            ? "Which board it is cannot be told: name it with --board. `heapscope boards` lists them."
            : `Boards with this chip look the same before they have their firmware: name yours with --board. It may be ${candidates.map(({ id }) => id).join(", ")}.`,
    )
}
