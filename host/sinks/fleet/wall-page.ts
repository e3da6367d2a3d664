import { BoardCondition, worstFirst } from "../../analysis/fleet/board-condition"
import type { FleetBoard } from "../../analysis/fleet/fleet-board"
import { isLoopback } from "../../base/node/listen-address"
import type { OutputConfig } from "../../documents/fleet/fleet-config"
import type { FleetWall } from "../../documents/fleet/fleet-wall"
import { BoardFeeds } from "../web/board-feeds"
import { readHost, readPort } from "../web/page-flags"
import { PageServer } from "../web/page-server"
import type { FleetOutputKind } from "./fleet-output"

type Settings = OutputConfig<"web">

/** The fleet on a page of our own: a wall of boards, the worst first, and each of them live; for the table. */
export const wallPage: FleetOutputKind<Settings> = {
    key: "web",
    flags: [
        {
            flag: "--web [port]",
            text: "serve a page with all boards, the worst first, for this machine alone, and print its address",
        },
        {
            flag: "--host <address>",
            text: "where to serve the page: 0.0.0.0 for whoever reaches this machine and knows the address",
        },
    ],
    fromFlags({ web, host }) {
        if (web === undefined) return undefined
        return {
            ...(web !== true && { port: readPort(web) }),
            ...(host !== undefined && { host: String(host) }),
        }
    },
    async open(settings, { announce, deaths }) {
        const host = readHost(settings.host)
        const conditions = new Map<FleetBoard, BoardCondition>()
        const feeds = new BoardFeeds()
        const wall = (): FleetWall => ({
            atMs: Date.now(),
            boards: [...conditions.values()].map(one => one.toJson()).sort(worstFirst),
            deaths: deaths(),
        })
        const server = await PageServer.listen(host, settings.port ?? 0, {
            page: "fleet",
            answers: { "/wall": () => Promise.resolve({ json: wall() }) },
            onTab(tab, asked) {
                const name = asked.get("board")
                const board = [...conditions.keys()].find(one => one.name === name)
                if (board) feeds.meet(tab, board)
                else tab.close(NO_SUCH_BOARD)
            },
        })
        announce(`page: ${server.address}`)
        if (!isLoopback(host))
            announce(
                "the page is open to the network, unencrypted: whoever has this address sees the boards' logs and memory",
            )
        return {
            came(board) {
                if (!conditions.has(board)) conditions.set(board, new BoardCondition(board))
            },
            event(board, event, atMs) {
                conditions.get(board)?.add(event, atMs)
                feeds.add(board, event)
            },
            went(board) {
                feeds.add(board, {
                    kind: "link",
                    atMs: 0,
                    phase: "silent",
                    message: "it reports no more",
                })
            },
            async close() {
                feeds.close()
                await server.close()
            },
        }
    },
}

/** Why a tab is let go of. */
const NO_SUCH_BOARD = 4404
