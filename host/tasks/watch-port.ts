import type { Board } from "../boards/board"
import type { MemoryEvent } from "../model/events"
import { AgentEvents } from "../link/agent/agent-events"
import { BoardLink } from "../link/board-link"
import { deathIn, readBoardLine } from "../link/board-log"
import { findPort, type ChooseBoard } from "../link/node/find-port"
import type { LinkState } from "../link/link"
import type { Program } from "../model/program/program"
import { SourceLocator } from "../model/program/source-locator"
import { BoardLooks } from "./exact-readings"
import type { WatchSource } from "./watch-source"

export interface WatchedBoard {
    board: Board
    /** What runs on the board, if known: traces then name its source. */
    program: Program | undefined
    /** Take an exact look at the heap in every so many milliseconds; without it, when asked alone. */
    exactEveryMs?: number | undefined
}

/**
 * A board at a port: its log, and its heap as far as the agent in its program tells. A link that is
 * lost is opened again for as long as the watch lasts. Times are milliseconds since it began.
 * @throws UserError when the port cannot be found
 */
export async function watchPort(
    name: string,
    of: WatchedBoard,
    choose?: ChooseBoard,
): Promise<WatchSource> {
    return watchLink(new BoardLink(await findPort(name, choose), { reconnect: true }), of)
}

/** The board behind a link, which is closed at the end. What it says from now on is kept until `play`. */
export function watchLink(
    link: BoardLink,
    { board, program, exactEveryMs }: WatchedBoard,
): WatchSource {
    const { address } = link
    const began = performance.now()
    const now = () => Math.round(performance.now() - began)
    const agent = new AgentEvents(board.heapBytes)
    const locator = new SourceLocator(program ?? { debug: undefined, sourceFolder: "" })
    const early: MemoryEvent[] = []
    let tell = (event: MemoryEvent): void => void early.push(event)
    let isDead = false
    const tellState = (state: LinkState): void =>
        tell({
            kind: "link",
            atMs: now(),
            phase: state.phase,
            message: messageOf(address, state),
        })
    const looks = new BoardLooks(link, { board, program }, event => tell(event), now)
    const linkChanged = (state: LinkState): void => {
        tellState(state)
        looks.linkChanged(state)
    }
    if (link.state.phase !== "closed") linkChanged(link.state)
    link.listen({
        line: text => {
            if (looks.isOwnLine(text)) return
            const line = locator.locate(readBoardLine(text, now()))
            for (const event of agent.add(line)) tell(event)
            const death = deathIn(line)
            // The runtime says so once more when it gives up; what prints has been started again.
            if (death && !isDead) tell(death)
            isDead = death !== undefined || (isDead && line.level !== "log")
        },
        gap: of => {
            // Of the frames that nobody took while nobody was there, there is nothing to show.
            if (of === "frames") return
            const text = "heapscope: the board left out some of its log"
            tell({ kind: "log", atMs: now(), level: "runtime", text })
        },
        state: linkChanged,
    })
    return {
        about: { program: { entry: program?.entry ?? address }, board, vm: { version: null } },
        how: address,
        async play(sink, signal) {
            tell = event => void sink(event)
            early.splice(0).forEach(tell)
            try {
                if (link.state.phase === "closed") await link.open()
                if (exactEveryMs !== undefined) looks.every(exactEveryMs)
                await new Promise<void>(done => {
                    if (signal.aborted) done()
                    else signal.addEventListener("abort", () => done(), { once: true })
                })
            } finally {
                await looks.close()
                await link.close()
            }
            return { failed: false }
        },
        snapshot: () => looks.request(),
    }
}

function messageOf(address: string, { phase, message, retryInMs }: LinkState): string {
    let what = {
        closed: `${address} closed`,
        connecting: `connecting to ${address}`,
        open: `${address} talks`,
        silent: `${address} is silent`,
        lost: `${address} is lost`,
    }[phase]
    // What failed names the address itself.
    if (message?.startsWith(address)) what = message.replace(/\.$/, "")
    else if (message !== undefined) what += `: ${message}`
    const next = retryInMs === undefined ? "" : `; next attempt in ${retryInMs} ms`
    return what + next
}
