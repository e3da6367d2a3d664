import { once } from "node:events"
import { existsSync, readFileSync, statSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { packageRoot } from "../../../host/base/node/package-root"

const SITE = join(packageRoot(), "dist/site")
const TYPES: Record<string, string> = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

/** The playground's site below a path that is not the root, packed, without headers of its own: as a static host has it. */
export class ServedSite {
    /** Paths that were asked for and are not there. */
    readonly missing: string[] = []
    private readonly packed = new Map<string, Buffer>()
    private readonly server: Server

    private constructor() {
        this.server = createServer(({ url }, response) => {
            const { pathname } = new URL(url!, "http://x")
            const file = join(
                SITE,
                pathname.replace(/^\/some\/where/, "").replace(/\/$/, "/index.html"),
            )
            if (!existsSync(file) || !statSync(file).isFile()) {
                this.missing.push(pathname)
                response.writeHead(404).end()
                return
            }
            const type = TYPES[extname(file)] ?? "application/octet-stream"
            const body = this.packed.get(file) ?? gzipSync(readFileSync(file))
            this.packed.set(file, body)
            response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(body)
        })
    }

    static async start(): Promise<ServedSite> {
        const site = new ServedSite()
        site.server.listen(0, "127.0.0.1")
        await once(site.server, "listening")
        return site
    }

    get origin(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    }

    get address(): string {
        return `${this.origin}/some/where/`
    }

    async close(): Promise<void> {
        this.server.closeAllConnections()
        this.server.close()
        await once(this.server, "close")
    }
}
