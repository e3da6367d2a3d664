import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { isIP } from "node:net"
import { listen } from "../../base/node/listen"
import { isLoopback } from "../../base/node/listen-address"
import { isOwnHost } from "../web/page-address"
import { PROMETHEUS_TYPE } from "./prometheus-text"

const PATH = "/metrics"

export interface MetricsServerOptions {
    host: string
    port: number
    /** The figures now, in Prometheus' text format. */
    text: () => string
    /** Tells people something. */
    announce: (text: string) => void
    /** Certificate and key, as PEM. */
    tls?: { cert: string; key: string } | undefined
    /** What whoever asks has to present. */
    token?: string | undefined
}

/** Answers each scrape with the latest figures. */
export class MetricsServer {
    private readonly server: Server
    private port: number

    constructor(private readonly options: MetricsServerOptions) {
        const answer = (asked: IncomingMessage, response: ServerResponse) =>
            this.answer(asked, response)
        this.port = options.port
        this.server = options.tls ? createTlsServer(options.tls, answer) : createServer(answer)
        this.server.on("clientError", (_, socket) => socket.destroy())
    }

    /** @throws UserError when it cannot */
    async listen(): Promise<void> {
        const { host, announce, tls } = this.options
        const fails = `metrics cannot be served at ${host}:${this.port}`
        const address = { host, port: this.port }
        this.port = await listen(this.server, address, fails, "`--metrics 0` takes a free port.")
        // Who quits does not wait for who asks.
        this.server.unref()
        const name = isIP(host) === 6 ? `[${host}]` : host
        announce(`metrics: http${tls ? "s" : ""}://${name}:${this.port}${PATH}`)
        if (!isLoopback(host) && !tls) announce("the metrics are open to the network, unencrypted")
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
                ...(status === 401 && { "www-authenticate": "Bearer" }),
            })
            response.end(method === "HEAD" ? undefined : text)
        }
        const plain = "text/plain; charset=utf-8"
        const { host, tls, token, text } = this.options
        // A page of another site must not read it through a name that it has made to point here: that a
        // certificate or a token prevents, too, and who has one has a name of his own.
        const isGuarded = tls !== undefined || token !== undefined
        if (!isGuarded && !isOwnHost(headers.host, host, this.port))
            return end(403, plain, "not here\n")
        if (token !== undefined && !isSame(headers.authorization ?? "", `Bearer ${token}`))
            return end(401, plain, "a token is wanted\n")
        if (method !== "GET" && method !== "HEAD") return end(405, plain, "only GET\n")
        if (url?.split("?")[0] !== PATH) return end(404, plain, `figures are at ${PATH}\n`)
        end(200, PROMETHEUS_TYPE, text())
    }
}

/** How long it takes tells nothing of how much of it is right. */
function isSame(given: string, wanted: string): boolean {
    const [a, b] = [given, wanted].map(text => createHash("sha256").update(text).digest())
    return timingSafeEqual(a!, b!)
}
