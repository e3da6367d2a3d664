import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import type { WebSocket, WebSocketServer } from "ws"
import { failureOf } from "../../base/errors"
import { listen } from "../../base/node/listen"
import { packageRoot } from "../../base/node/package-root"
import { isOwnHost, pageAddress } from "./page-address"
import { OWN_USE, readPrepared, refuse } from "./served-files"

/** A file that is served, of the page as the installation prepared it. */
interface ServedFile {
    file: string
    type: string
}

const SCRIPT = "text/javascript; charset=utf-8"
/** What every page is made of, and keeps itself with. */
const PARTS: Readonly<Record<string, ServedFile>> = {
    "/page.js": { file: "page.js", type: SCRIPT },
    "/page.css": { file: "page.css", type: "text/css; charset=utf-8" },
}
/** What a page is made of besides: the scripts whose names begin with its own. */
const PAGES = {
    live: { index: "index.html", scripts: undefined },
    flash: { index: "flash.html", scripts: /^flash[\w-]*\.js$/ },
    fleet: { index: "fleet.html", scripts: /^fleet[\w-]*\.js$/ },
} as const
/** Tabs at once. */
const MAX_TABS = 32
/** A request of a tab is a few words. Bytes. */
const MAX_REQUEST_BYTES = 1024
const TOKEN_BYTES = 16

/** What a page that asks for something is told: JSON, or bytes with the name that they have. */
export type PageAnswer = { json: unknown } | { bytes: Uint8Array; name: string }

export interface Serving {
    page: keyof typeof PAGES
    /** Called for each tab that has the right to look, with what it asked for. */
    onTab?: (tab: WebSocket, asked: URLSearchParams) => void
    /** What such a tab may ask for, by path. What a `UserError` says is told to it. */
    answers?: Readonly<
        Record<string, (query: URLSearchParams, signal: AbortSignal) => Promise<PageAnswer>>
    >
}

/**
 * Serves the page and its stream of events. Only who knows the token in its address gets the stream; the
 * page itself is the same for everybody. No other site can have a browser ask for it: the request's
 * `Host` and the `Origin` of its WebSocket must be this server's own.
 */
export class PageServer {
    private readonly token = randomBytes(TOKEN_BYTES).toString("base64url")
    private readonly server: Server
    private readonly sockets: WebSocketServer
    private readonly files: ReadonlyMap<string, { type: string; bytes: Buffer }>
    private port = 0

    private constructor(
        private readonly host: string,
        Sockets: typeof WebSocketServer,
        private readonly serving: Serving,
    ) {
        this.files = readPage(serving.page)
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
    static async listen(host: string, port: number, serving: Serving): Promise<PageServer> {
        // It takes its time to load, and most commands have no page.
        const { WebSocketServer: Sockets } = await import("ws")
        const page = new PageServer(host, Sockets, serving)
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
        const { pathname, searchParams } = new URL(request.url ?? "/", "http://page")
        const answer = this.serving.answers?.[pathname]
        if (answer) return void this.tell(request, response, signal => answer(searchParams, signal))
        const served = this.files.get(pathname)
        if (!served) return refuse(response, 404)
        response.writeHead(200, { ...this.headers(request), "Content-Type": served.type })
        response.end(request.method === "HEAD" ? undefined : served.bytes)
    }

    /** Tells who knows the token, by a header that no other site can have a browser send. */
    private async tell(
        request: IncomingMessage,
        response: ServerResponse,
        answer: (signal: AbortSignal) => Promise<PageAnswer>,
    ): Promise<void> {
        const [, token = ""] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "") ?? []
        if (!isSame(token, this.token)) return refuse(response, 403)
        const gone = new AbortController()
        response.once("close", () => gone.abort(new Error("the tab is gone")))
        const send = (status: number, told: PageAnswer) => {
            const isJson = "json" in told
            response.writeHead(status, {
                ...this.headers(request),
                "Content-Type": isJson ? "application/json" : "application/octet-stream",
                ...(!isJson && { "X-Name": encodeURIComponent(told.name) }),
            })
            response.end(isJson ? JSON.stringify(told.json) : told.bytes)
        }
        try {
            send(200, await answer(gone.signal))
        } catch (error) {
            if (gone.signal.aborted) return
            send(422, { json: { error: failureOf(error) } })
        }
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
            ...OWN_USE,
            "Cache-Control": "no-store",
        }
    }

    private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
        const status = this.refusal(request)
        if (status !== undefined) {
            socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
            return
        }
        this.sockets.handleUpgrade(request, socket, head, tab =>
            this.serving.onTab?.(tab, new URL(request.url ?? "/", "http://page").searchParams),
        )
    }

    private refusal({ headers, url }: IncomingMessage): string | undefined {
        const asked = new URL(url ?? "/", "http://page")
        if (asked.pathname !== "/events" || !this.serving.onTab) return "404 Not Found"
        if (!isOwnHost(headers.host, this.host, this.port)) return "421 Misdirected Request"
        if (headers.origin !== `http://${headers.host}`) return "403 Forbidden"
        if (!isSame(asked.searchParams.get("token") ?? "", this.token)) return "403 Forbidden"
        if (this.sockets.clients.size >= MAX_TABS) return "503 Service Unavailable"
        return undefined
    }
}

/** In a time that tells nothing of where they differ. */
function isSame(a: string, b: string): boolean {
    const hash = (text: string) => createHash("sha256").update(text).digest()
    return timingSafeEqual(hash(a), hash(b))
}

/** Its files, by the paths that they are asked for with. */
function readPage(name: keyof typeof PAGES): Map<string, { type: string; bytes: Buffer }> {
    const folder = join(packageRoot(), "dist/page")
    const { index, scripts } = PAGES[name]
    const files: Record<string, ServedFile> = {
        "/": { file: index, type: "text/html; charset=utf-8" },
        ...PARTS,
    }
    if (scripts && existsSync(folder))
        for (const file of readdirSync(folder).filter(file => scripts.test(file)))
            files[`/${file}`] = { file, type: SCRIPT }
    return new Map(
        Object.entries(files).map(([path, { file, type }]) => [
            path,
            { type, bytes: readPrepared(join(folder, file), path => readFileSync(path)) },
        ]),
    )
}
