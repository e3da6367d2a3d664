import type { PageMessage } from "../../documents/page-messages"
import type { EventFeed } from "./event-feed"

/** What a page that was kept as a file has in itself. */
export interface KeptRun {
    hello: Extract<PageMessage, { kind: "hello" }>
    /** All that is told when it is opened, in this order. */
    messages: PageMessage[]
}

/** The run that a kept page has in itself: told at once, and over. */
export function keptFeed({ hello, messages }: KeptRun): EventFeed {
    let answer: (message: PageMessage) => void = () => undefined
    return {
        start(listener) {
            answer = message => listener.message(message)
            listener.phase("open")
            for (const message of [hello, ...messages]) answer(message)
            answer({ kind: "over" })
        },
        ask(request) {
            if (request.kind !== "kept") return
            const events = messages.flatMap(one => (one.kind === "events" ? one.events : []))
            answer({ kind: "kept", events })
        },
        stop: () => undefined,
    }
}
