import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { isIP } from "node:net"
import { listen } from "../../base/node/listen"
import { isLoopback } from "../../base/node/listen-address"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"
import type { SinkKind, SinkRequest } from "../sink-kind"
import { isOwnHost } from "../web/page-address"
import { BoardMetrics } from "./board-metrics"
import { readMetricsAddress } from "./metrics-address"
import { PROMETHEUS_TYPE, prometheusText } from "./prometheus-text"

const PATH = "/metrics"

/** The board's figures for whoever scrapes them, where `--metrics` asks for it. */
export const metricsEndpoint: SinkKind = {
    name: "metrics",
    flag: "--metrics [address]",
    text: "serve the figures for Prometheus at http://127.0.0.1:9464/metrics, or at another port or address:port",
    isWanted: ({ flags }) => flags["metrics"] !== undefined,
    async open(request) {
        const sink = new MetricsEndpoint(request)
        await sink.listen()
        return sink
    },
}

/** Answers each scrape with the latest figures. Nobody who asks holds the source back. */
export class MetricsEndpoint implements Sink {
    private readonly board: BoardMetrics
    private readonly host: string
    private port: number
    private readonly server: Server

    /** @throws UserError when the flag names no address */
    constructor(private readonly request: Pick<SinkRequest, "about" | "flags" | "announce">) {
        this.board = new BoardMetrics(request.about)
        const { host, port } = readMetricsAddress(request.flags["metrics"])
        this.host = host
        this.port = port
        this.server = createServer((asked, response) => this.answer(asked, response))
        this.server.on("clientError", (_, socket) => socket.destroy())
    }

    /** @throws UserError when it cannot listen */
    async listen(): Promise<void> {
        const { server, host, port } = this
        const fails = `metrics cannot be served at ${host}:${port}`
        this.port = await listen(server, { host, port }, fails, "`--metrics 0` takes a free port.")
        // Who quits does not wait for who asks.
        server.unref()
        const { announce } = this.request
        announce(`metrics: http://${isIP(host) === 6 ? `[${host}]` : host}:${this.port}${PATH}`)
        if (!isLoopback(host)) announce("the metrics are open to the network, unencrypted")
    }

    add(event: MemoryEvent): void {
        this.board.add(event)
    }

    async close(): Promise<void> {
        const closed = new Promise<void>(done => this.server.close(() => done()))
        this.server.closeAllConnections()
        await closed
    }

    private answer({ method, url, headers }: IncomingMessage, response: ServerResponse): void {
        const end = (status: number, type: string, text: string) => {
            response.writeHead(status, {
                "content-type": type,
                "content-length": Buffer.byteLength(text),
                "cache-control": "no-store",
                "x-content-type-options": "nosniff",
            })
            response.end(method === "HEAD" ? undefined : text)
        }
        const plain = "text/plain; charset=utf-8"
        // A page of another site must not read it through a name that it has made to point here.
        if (!isOwnHost(headers.host, this.host, this.port)) return end(403, plain, "not here\n")
        if (method !== "GET" && method !== "HEAD") return end(405, plain, "only GET\n")
        if (url?.split("?")[0] !== PATH) return end(404, plain, `figures are at ${PATH}\n`)
        end(200, PROMETHEUS_TYPE, prometheusText(this.board.metrics()))
    }
}
