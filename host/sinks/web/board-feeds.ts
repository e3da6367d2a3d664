import type { WebSocket } from "ws"
import type { FleetBoard } from "../../analysis/fleet/fleet-board"
import type { MemoryEvent } from "../../model/events"
import { EventHistory } from "./event-history"
import { TabFeed } from "./tab-feed"

/** Of each board so many events are kept for who comes to look: of a thousand boards that is some 60 MB. */
const MAX_KEPT = 240
/** A screen shows no more than so many pictures a second. Milliseconds. */
const FLUSH_MS = 100

/** What tabs of a browser are told that look at one board of many. */
export class BoardFeeds {
    private readonly histories = new Map<FleetBoard, EventHistory>()
    private readonly feeds = new Map<WebSocket, { board: FleetBoard; feed: TabFeed }>()
    private timer: NodeJS.Timeout | undefined

    add(board: FleetBoard, event: MemoryEvent): void {
        const isAgain = this.historyOf(board).add(event)
        for (const one of this.feeds.values()) {
            if (one.board !== board) continue
            if (isAgain) one.feed.again()
            one.feed.add(event)
            this.timer ??= setTimeout(() => this.flush(), FLUSH_MS)
        }
    }

    /** A tab that looks at a board; nothing of it is held back for another. */
    meet(tab: WebSocket, board: FleetBoard): void {
        const history = this.historyOf(board)
        const feed = new TabFeed(tab, history, {
            ...{ kind: "hello", about: board.about, how: board.name, isPast: false },
            can: ["kept"],
        })
        this.feeds.set(tab, { board, feed })
        tab.on("close", () => this.feeds.delete(tab))
        // What a broken connection has to say is that it closes.
        tab.on("error", () => undefined)
        tab.on("message", (data, isBinary) => {
            if (!isBinary && /^{"kind":"kept"}$/.test(String(data)))
                feed.tell({ kind: "kept", events: history.events() })
        })
        feed.flush()
    }

    close(): void {
        clearTimeout(this.timer)
        for (const { feed } of this.feeds.values()) feed.tell({ kind: "over" })
    }

    private historyOf(board: FleetBoard): EventHistory {
        let history = this.histories.get(board)
        if (!history) this.histories.set(board, (history = new EventHistory(MAX_KEPT)))
        return history
    }

    private flush(): void {
        this.timer = undefined
        for (const [tab, { feed }] of this.feeds) {
            if (tab.readyState === tab.OPEN) feed.flush()
            // Who did not keep up gets the rest later.
            if (feed.isBehind) this.timer ??= setTimeout(() => this.flush(), FLUSH_MS)
        }
    }
}
