import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"

const TYPES: Record<string, string> = {
    html: "text/html",
    js: "text/javascript",
    css: "text/css",
    json: "application/json",
    wasm: "application/wasm",
}

/** A host of files as plain as there is, below a path of its own: it sends a type, and no other header. */
export class StaticHost {
    /** What was asked for, below the path. */
    readonly asked: string[] = []

    private constructor(
        private readonly server: Server,
        private readonly path: string,
    ) {}

    static async start(folder: string, path: string, port = 0): Promise<StaticHost> {
        const server = createServer((request, response) => {
            const { pathname } = new URL(request.url!, "http://x")
            const name = pathname.startsWith(path) ? pathname.slice(path.length) : undefined
            if (name !== undefined) host.asked.push(name)
            const file = join(folder, name || "index.html")
            if (name === undefined || !existsSync(file) || !statSync(file).isFile())
                return void response.writeHead(404).end()
            const type = TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "text/plain"
            response.writeHead(200, { "Content-Type": type }).end(readFileSync(file))
        })
        const host = new StaticHost(server, path)
        await new Promise<void>(done => server.listen(port, "127.0.0.1", done))
        return host
    }

    get port(): number {
        return (this.server.address() as AddressInfo).port
    }

    get address(): string {
        return `http://127.0.0.1:${this.port}${this.path}`
    }

    async close(): Promise<void> {
        const closed = new Promise(done => this.server.close(done))
        this.server.closeAllConnections()
        await closed
    }
}
