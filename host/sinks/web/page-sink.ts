import { once } from "node:events"
import type { WebSocket } from "ws"
import { isLoopback } from "../../base/node/listen-address"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"
import type { SinkKind, SinkRequest } from "../sink-kind"
import { readHost, readPort } from "./page-flags"
import { PageServer } from "./page-server"
import { PageTalk, type Tab } from "./page-talk"
import { PAGE_WANTS } from "./page-wants"

/** The live page, where `--web` asks for it. */
export const livePage: SinkKind = {
    name: "web",
    flag: "--web [port]",
    text: "serve a page that shows it, for this machine alone, and print its address",
    flags: [
        {
            flag: "--host <address>",
            text: "where to serve the page: 0.0.0.0 for whoever reaches this machine and knows the address",
        },
    ],
    wants: PAGE_WANTS,
    isWanted: ({ flags }) => flags["web"] !== undefined,
    async open(request) {
        const sink = new PageSink(request)
        await sink.listen()
        return sink
    },
}

/** Shows what it is told to any number of tabs of a browser. None of them holds the source back. */
export class PageSink implements Sink {
    private readonly talk: PageTalk
    private server: PageServer | undefined

    constructor(private readonly request: SinkRequest) {
        this.talk = new PageTalk(request)
    }

    /** @throws UserError when the page cannot be served */
    async listen(): Promise<void> {
        const { flags, announce } = this.request
        const host = readHost(flags["host"])
        this.server = await PageServer.listen(host, readPort(flags["web"]), {
            page: "live",
            onTab: tab => this.meet(tab),
        })
        announce(`page: ${this.server.address}`)
        if (!isLoopback(host))
            announce(
                "the page is open to the network, unencrypted: whoever has this address sees the board's log and memory",
            )
    }

    add(event: MemoryEvent): void {
        this.talk.add(event)
    }

    /** What is over stays on the page until somebody quits. */
    async close(): Promise<void> {
        const { signal } = this.request
        this.talk.over()
        if (this.server && !signal.aborted) await once(signal, "abort")
        this.talk.close()
        await this.server?.close()
    }

    private meet(socket: WebSocket): void {
        const tab: Tab = {
            get isOpen() {
                return socket.readyState === socket.OPEN
            },
            get bufferedAmount() {
                return socket.bufferedAmount
            },
            send: text => socket.send(text),
        }
        socket.on("close", () => this.talk.leave(tab))
        // What a broken connection has to say is that it closes.
        socket.on("error", () => undefined)
        socket.on("message", (data, isBinary) => {
            if (!isBinary) this.talk.hear(tab, String(data))
        })
        this.talk.meet(tab)
    }
}
