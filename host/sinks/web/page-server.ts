import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import type { WebSocket, WebSocketServer } from "ws"
import { UserError } from "../../base/errors"
import { listen } from "../../base/node/listen"
import { packageRoot } from "../../base/node/package-root"
import { isOwnHost, pageAddress } from "./page-address"

/** The page, as the installation prepared it. Nothing else is served. */
const FILES: Readonly<Record<string, { file: string; type: string }>> = {
    "/": { file: "index.html", type: "text/html; charset=utf-8" },
    "/page.js": { file: "page.js", type: "text/javascript; charset=utf-8" },
    "/page.css": { file: "page.css", type: "text/css; charset=utf-8" },
}
/** Tabs at once. */
const MAX_TABS = 32
/** A request of a tab is a few words. Bytes. */
const MAX_REQUEST_BYTES = 1024
const TOKEN_BYTES = 16

/** Called for each tab that has the right to look. */
export type OnTab = (tab: WebSocket) => void

/**
 * Serves the page and its stream of events. Only who knows the token in its address gets the stream; the
 * page itself is the same for everybody. No other site can have a browser ask for it: the request's
 * `Host` and the `Origin` of its WebSocket must be this server's own.
 */
export class PageServer {
    private readonly token = randomBytes(TOKEN_BYTES).toString("base64url")
    private readonly server: Server
    private readonly sockets: WebSocketServer
    private readonly files: Map<string, Buffer>
    private port = 0

    private constructor(
        private readonly host: string,
        Sockets: typeof WebSocketServer,
        private readonly onTab: OnTab,
    ) {
        const folder = join(packageRoot(), "dist/page")
        this.files = new Map(
            Object.values(FILES).map(({ file }) => [file, readPage(join(folder, file))]),
        )
        this.sockets = new Sockets({ noServer: true, maxPayload: MAX_REQUEST_BYTES })
        this.server = createServer((request, response) => this.answer(request, response))
        this.server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head))
        this.server.on("clientError", (_, socket) => socket.destroy())
    }

    /**
     * Listens.
     * @param port 0 takes a free one
     * @throws UserError when it cannot
     */
    static async listen(host: string, port: number, onTab: OnTab): Promise<PageServer> {
        // It takes its time to load, and most commands have no page.
        const { WebSocketServer: Sockets } = await import("ws")
        const page = new PageServer(host, Sockets, onTab)
        await page.listenOn(port)
        return page
    }

    /** What to open in a browser. */
    get address(): string {
        return pageAddress(this.host, this.port, this.token)
    }

    /** Lets go of all tabs, and of the port. */
    async close(): Promise<void> {
        for (const tab of this.sockets.clients) tab.close(1001)
        const closed = new Promise<void>(done => this.server.close(() => done()))
        this.server.closeIdleConnections()
        // A tab that does not answer does not hold up who quits.
        const late = setTimeout(() => {
            for (const tab of this.sockets.clients) tab.terminate()
            this.server.closeAllConnections()
        }, 200)
        await closed
        clearTimeout(late)
    }

    private async listenOn(port: number): Promise<void> {
        const { server, host } = this
        const fails = `the page cannot be served at ${host}:${port}`
        this.port = await listen(server, { host, port }, fails, "`--web 0` takes a free port.")
    }

    private answer(request: IncomingMessage, response: ServerResponse): void {
        if (!isOwnHost(request.headers.host, this.host, this.port)) return refuse(response, 421)
        if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405)
        const served = FILES[new URL(request.url ?? "/", "http://page").pathname]
        if (!served) return refuse(response, 404)
        response.writeHead(200, { ...this.headers(request), "Content-Type": served.type })
        response.end(request.method === "HEAD" ? undefined : this.files.get(served.file))
    }

    private headers({ headers: { host } }: IncomingMessage): Record<string, string> {
        return {
            "Content-Security-Policy": [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data: blob:",
                // Not every browser takes a WebSocket of the same origin for 'self'.
                `connect-src 'self' ws://${host}`,
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            ].join("; "),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }
    }

    private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
        const status = this.refusal(request)
        if (status !== undefined) {
            socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
            return
        }
        this.sockets.handleUpgrade(request, socket, head, tab => this.onTab(tab))
    }

    private refusal({ headers, url }: IncomingMessage): string | undefined {
        const asked = new URL(url ?? "/", "http://page")
        if (asked.pathname !== "/events") return "404 Not Found"
        if (!isOwnHost(headers.host, this.host, this.port)) return "421 Misdirected Request"
        if (headers.origin !== `http://${headers.host}`) return "403 Forbidden"
        if (!isSame(asked.searchParams.get("token") ?? "", this.token)) return "403 Forbidden"
        if (this.sockets.clients.size >= MAX_TABS) return "503 Service Unavailable"
        return undefined
    }
}

function refuse(response: ServerResponse, status: number): void {
    response.writeHead(status, { "Content-Length": "0" })
    response.end()
}

/** In a time that tells nothing of where they differ. */
function isSame(a: string, b: string): boolean {
    const hash = (text: string) => createHash("sha256").update(text).digest()
    return timingSafeEqual(hash(a), hash(b))
}

function readPage(path: string): Buffer {
    try {
        return readFileSync(path)
    } catch {
        throw new UserError(
            "E_PAGE_MISSING",
            `${path} is missing: run \`npm run prepare\` in ${packageRoot()} first.`,
        )
    }
}
