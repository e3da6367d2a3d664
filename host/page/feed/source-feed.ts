import { snapshotOfWhole } from "../../analysis/snapshot/snapshot-of-whole"
import { UserError } from "../../base/errors"
import type { PageMessage, PageRequest } from "../../documents/page-messages"
import type { MemoryEvent } from "../../model/events"
import type { Source } from "../../model/flow"
import { EventHistory } from "../../sinks/web/event-history"
import type { EventFeed, FeedListener } from "./event-feed"

/** A screen shows no more than so many pictures a second. Milliseconds. */
const FLUSH_MS = 50

/** The events of a source in the same tab. */
export function sourceFeed(source: Source): EventFeed {
    const stop = new AbortController()
    const history = new EventHistory()
    let listener: FeedListener | undefined
    let waiting: MemoryEvent[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = (message: PageMessage) => listener?.message(message)
    const flush = () => {
        clearTimeout(timer)
        timer = undefined
        if (waiting.length > 0) tell({ kind: "events", events: waiting.splice(0) })
    }
    const add = (event: MemoryEvent) => {
        if (history.add(event)) {
            waiting = []
            tell({ kind: "again" })
        }
        waiting.push(event)
        timer ??= setTimeout(flush, FLUSH_MS)
    }
    const listen = async () => {
        let nowMs = 0
        try {
            for await (const event of source.events(stop.signal)) {
                nowMs = event.atMs
                add(event)
            }
        } catch (error) {
            if (stop.signal.aborted) return
            add({ kind: "log", atMs: nowMs, level: "error", text: (error as Error).message })
        }
        flush()
        tell({ kind: "over" })
    }
    return {
        start(told) {
            listener = told
            listener.phase("open")
            tell(helloOf(source))
            void listen()
        },
        ask(request) {
            if (request.kind === "kept") tell({ kind: "kept", events: history.events() })
            else void answer(source, request).then(message => message && tell(message))
        },
        stop() {
            listener = undefined
            clearTimeout(timer)
            stop.abort()
        },
    }
}

function helloOf({ about, how, isPast = false, capture, control }: Source): PageMessage {
    const can: PageRequest["kind"][] = ["kept"]
    if (capture) can.push("capture")
    if (control?.look) can.push("snapshot")
    return { kind: "hello", about, how, isPast, can }
}

async function answer(
    { about, capture, control }: Source,
    { kind }: PageRequest,
): Promise<PageMessage | undefined> {
    try {
        if (kind === "capture" && capture) return { kind: "notice", text: capture() }
        if (kind !== "snapshot" || !control?.look) return undefined
        return { kind: "snapshot", snapshot: snapshotOfWhole(await control.look(), about) }
    } catch (error) {
        if (!(error instanceof UserError)) throw error
        return { kind: "notice", text: error.message }
    }
}
