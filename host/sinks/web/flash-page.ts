import type { Board } from "../../boards/board"
import { allBoards, findBoard } from "../../boards/node/find-board"
import { LOOPBACK } from "../../base/node/listen-address"
import { offerBoard, type FlashOffer, type IdleHeaps } from "../../link/flash/flash-offer"
import { readFirmware } from "../../tasks/flash/firmware-file"
import { knownBoards } from "../../tasks/known-boards"
import { PageServer } from "./page-server"

export interface FlashPageOptions {
    /** 0 takes a free one. */
    port: number
    cwd: string
    /** The board that was named. */
    board?: Board
    /** A file or an address that was named. */
    firmware?: string
}

/**
 * Serves the page that flashes a board from the browser, to this machine alone: no other is let near a
 * serial port by a browser. The command gives it the boards that there are, and firmware.
 * @throws UserError when it cannot be served
 */
export function serveFlashPage(options: FlashPageOptions): Promise<PageServer> {
    const { port, cwd, board, firmware } = options
    const find = (id: string) => (board && board.id === id ? board : findBoard(id, cwd))
    return PageServer.listen(LOOPBACK, port, {
        page: "flash",
        answers: {
            "/offer": () => Promise.resolve({ json: offerOf(options) }),
            "/idle-heaps": () => Promise.resolve({ json: idleHeapsOf(options) }),
            "/firmware": (query, signal) =>
                readFirmware(firmware, find(query.get("board") ?? ""), { cwd, signal }),
        },
    })
}

/** The one that was named, and the others. */
function boardsOf({ cwd, board }: FlashPageOptions): Board[] {
    const others = [...allBoards(cwd)].filter(({ id }) => id !== board?.id)
    return board ? [board, ...others] : others
}

function offerOf(options: FlashPageOptions): FlashOffer {
    const { board, firmware } = options
    return {
        boards: boardsOf(options).map(offerBoard),
        ...(board && { board: board.id }),
        ...(firmware !== undefined && { firmware }),
    }
}

/** It takes a second or two, for which nobody waits who does not watch. */
function idleHeapsOf(options: FlashPageOptions): IdleHeaps {
    const known = knownBoards()
    return Object.fromEntries(boardsOf(options).map(board => [board.id, known.idle(board)]))
}
