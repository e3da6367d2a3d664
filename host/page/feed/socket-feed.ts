import type { PageMessage } from "../../documents/page-messages"
import type { EventFeed, FeedListener } from "./event-feed"

/** Between two attempts to reach the command again. Milliseconds. */
const RETRY_MS = 1000

/** The events of the command that serves the page. @param board of many, by its name */
export function socketFeed(host: string, token: string, board?: string): EventFeed {
    const asked = new URLSearchParams({ token, ...(board !== undefined && { board }) })
    const address = `ws://${host}/events?${asked}`
    let socket: WebSocket | undefined
    let isStopped = false
    let wasOpen = false

    const connect = (listener: FeedListener): void => {
        socket = new WebSocket(address)
        socket.addEventListener("open", () => {
            wasOpen = true
            listener.phase("open")
        })
        socket.addEventListener("message", ({ data }) =>
            listener.message(JSON.parse(String(data)) as PageMessage),
        )
        socket.addEventListener("close", () => {
            if (isStopped) return
            // Who was never let in has another address than the command's.
            listener.phase(wasOpen ? "lost" : "refused")
            setTimeout(() => connect(listener), RETRY_MS)
        })
    }
    return {
        start: connect,
        ask(request) {
            if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request))
        },
        stop() {
            isStopped = true
            socket?.close()
        },
    }
}
