import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { listen } from "../../base/node/listen"
import { LOOPBACK } from "../../base/node/listen-address"
import { isOwnHost } from "../../sinks/web/page-address"
import { OWN_USE, refuse } from "../../sinks/web/served-files"
import type { SitePart } from "./site-parts"

/** By the ending of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
    html: "text/html; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    json: "application/json",
    wasm: "application/wasm",
    md: "text/markdown; charset=utf-8",
}
const INDEX = "index.html"

interface Served {
    type: string
    bytes: Uint8Array
    etag: string
    /** Made when it is first asked for. */
    zipped?: Promise<Uint8Array>
}

const zip = promisify(gzip)

/**
 * Serves the playground's site to this machine alone. No other site can have a browser ask for it under a
 * name of its own: the request's `Host` must be this server's.
 */
export class SiteServer {
    private readonly server: Server
    private readonly files: ReadonlyMap<string, Served>
    private readonly policy: string
    private port = 0

    private constructor(parts: readonly SitePart[]) {
        this.files = new Map(
            parts.map(({ name, bytes }) => [
                `/${name === INDEX ? "" : name}`,
                { type: typeOf(name), bytes, etag: etagOf(bytes) },
            ]),
        )
        const index = new TextDecoder().decode(this.files.get("/")?.bytes)
        // A worker has the policy that its own script comes with, not its page's.
        const [, policy = "default-src 'none'"] = /content="(default-src [^"]+)"/.exec(index) ?? []
        this.policy = `${policy}; frame-ancestors 'none'`
        this.server = createServer((request, response) => void this.answer(request, response))
        this.server.on("clientError", (_, socket) => socket.destroy())
    }

    /**
     * Listens.
     * @param port 0 takes a free one
     * @throws UserError when it cannot
     */
    static async listen(parts: readonly SitePart[], port: number): Promise<SiteServer> {
        const site = new SiteServer(parts)
        const fails = `the site cannot be served at ${LOOPBACK}:${port}`
        const free = "`--port 0` takes a free one."
        site.port = await listen(site.server, { host: LOOPBACK, port }, fails, free)
        return site
    }

    /** What to open in a browser. */
    get address(): string {
        return `http://${LOOPBACK}:${this.port}/`
    }

    /** Lets go of the port, and of who is connected. */
    async close(): Promise<void> {
        const closed = new Promise<void>(done => this.server.close(() => done()))
        this.server.closeAllConnections()
        await closed
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        if (!isOwnHost(request.headers.host, LOOPBACK, this.port)) return refuse(response, 421)
        if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405)
        const { pathname } = new URL(request.url ?? "/", "http://site")
        const served = this.files.get(pathname === `/${INDEX}` ? "/" : pathname)
        if (!served) return refuse(response, 404)
        const headers = {
            "Content-Security-Policy": this.policy,
            ...OWN_USE,
            // The next version of the package may have the same port.
            "Cache-Control": "no-cache",
            ETag: served.etag,
            Vary: "Accept-Encoding",
        }
        if (request.headers["if-none-match"] === served.etag) {
            response.writeHead(304, headers)
            response.end()
            return
        }
        const isZipped = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))
        const bytes = isZipped ? await (served.zipped ??= zip(served.bytes)) : served.bytes
        response.writeHead(200, {
            ...headers,
            "Content-Type": served.type,
            "Content-Length": bytes.length,
            ...(isZipped && { "Content-Encoding": "gzip" }),
        })
        response.end(request.method === "HEAD" ? undefined : bytes)
    }
}

function typeOf(name: string): string {
    return TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream"
}

function etagOf(bytes: Uint8Array): string {
    return `"${createHash("sha256").update(bytes).digest("base64url")}"`
}
