import type { Board } from "../../boards/board"
import { allBoards, findBoard } from "../../boards/node/find-board"
import { LOOPBACK } from "../../base/node/listen-address"
import { offerBoard, type FlashOffer } from "../../link/flash/flash-offer"
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
            "/firmware": (query, signal) =>
                readFirmware(firmware, find(query.get("board") ?? ""), { cwd, signal }),
        },
    })
}

function offerOf({ cwd, board, firmware }: FlashPageOptions): FlashOffer {
    const known = knownBoards()
    const boards = [...allBoards(cwd)].filter(({ id }) => id !== board?.id)
    return {
        boards: [...(board ? [board] : []), ...boards].map(one => offerBoard(one, known.idle(one))),
        ...(board && { board: board.id }),
        ...(firmware !== undefined && { firmware }),
    }
}
