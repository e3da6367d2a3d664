import { sleep } from "../../base/pause"
import type { Board } from "../../boards/board"
import type { BoardFacts } from "../../link/deploy/board-facts"
import { askWhatCameUp } from "../../link/flash/ask-what-came-up"
import { boardOf, type FlashOffer, type IdleHeaps } from "../../link/flash/flash-offer"
import { BoardLink } from "../../link/board-link"
import type { KnownBoards } from "../../link/watch/known-boards"
import { watchLink } from "../../link/watch/watch-link"
import type { Source } from "../../model/flow"
import { App } from "../app"
import { sourceFeed } from "../feed/source-feed"
import { listenToKeys } from "../page-keys"
import { PageState } from "../page-state"
import { WebSerialPort } from "../../link/web-serial/web-serial-port"

/** A board that runs its firmware answers within a few of its announcements. Milliseconds. */
const ANSWER_MS = 2000
/** How long one that was just reset may take, in milliseconds, and how often it is asked. */
const UP_MS = 10_000
const LOOK_MS = 250

/** What comes next for a board out of its box. */
const NO_PROGRAM =
    "the board has its firmware and no program yet: close this tab, which holds its port, then `heapscope deploy src/main.ts --port auto --watch`"

/** The live page, and what it shows. */
export interface Watched {
    App: typeof App
    state: PageState
}

/**
 * Waits until a board comes up at a port, and begins to watch it.
 * @returns nothing when it does not, or nobody waits any longer
 */
export async function watchBoard(
    serial: SerialPort,
    flashed: Board,
    { boards, idle }: Pick<FlashOffer, "boards"> & { idle: IdleHeaps },
    signal: AbortSignal,
): Promise<Watched | undefined> {
    const port = new WebSerialPort(serial)
    const end = performance.now() + UP_MS
    let facts: BoardFacts | undefined
    do {
        // It throws what ended it, and that is no news.
        facts = await askWhatCameUp(port, ANSWER_MS, signal).catch((error: unknown) => {
            if (!signal.aborted) throw error
            return undefined
        })
        if (facts) break
        await sleep(LOOK_MS, signal)
    } while (!signal.aborted && performance.now() < end)
    if (!facts) return undefined
    const known: KnownBoards = {
        ofProduct: productId => {
            const found = boards.find(board => board.productId === productId)
            return found && boardOf(found)
        },
        idle: ({ id }) => idle[id]!,
    }
    const link = new BoardLink(port, { reconnect: true })
    const source = watchLink(link, { board: flashed, program: undefined }, known)
    const state = new PageState(
        sourceFeed(facts.programBytes > 0 ? source : afterNote(source, NO_PROGRAM)),
    )
    listenToKeys(state)
    state.start()
    return { App, state }
}

/** Tells something before all that a source does. */
function afterNote(source: Source, text: string): Source {
    return {
        ...source,
        async *events(signal, wants) {
            yield { kind: "log", atMs: 0, level: "runtime", text: `heapscope: ${text}` }
            yield* source.events(signal, wants)
        },
    }
}
