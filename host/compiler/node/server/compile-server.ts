import { createServer, type Server, type Socket } from "node:net"
import { createInterface } from "node:readline"
import { CompilerThread } from "../compiler-thread"
import type { CompileReply, CompileRequest } from "../compile-request"
import { ACKNOWLEDGED } from "./compile-client"
import { writeReply } from "./reply-line"

/** Compilers at work at once; more would wait for each other's processor and take 300 MB each. */
const THREADS = 2
/** How long a compiler stays loaded for the next program, in milliseconds. */
const IDLE_MS = 5 * 60_000

/**
 * Compiles for other processes of this user: its compilers stay loaded, so that the next program takes
 * a fraction of the time. A client sends one request and gets one reply; one that hangs up before ends
 * its compile.
 */
export class CompileServer {
    private readonly threads = Array.from({ length: THREADS }, () => ({
        thread: new CompilerThread(IDLE_MS),
        waiting: 0,
    }))

    private working = 0
    private restingSince = performance.now()

    private constructor(private readonly server: Server) {
        server.on("connection", socket => void this.serve(socket))
    }

    /** Listens at a path: a socket's, in a folder of the user's own, or a pipe's name on Windows. */
    static start(path: string): Promise<CompileServer> {
        return new Promise((resolve, reject) => {
            const server = createServer()
            server.once("error", reject)
            server.listen(path, () => resolve(new CompileServer(server)))
        })
    }

    close(): void {
        this.server.close()
    }

    /** Milliseconds since anybody last wanted anything; 0 while somebody does. */
    get idleMs(): number {
        return this.working > 0 ? 0 : performance.now() - this.restingSince
    }

    private async serve(socket: Socket): Promise<void> {
        const gone = new AbortController()
        this.working++
        socket.on("error", () => undefined)
        socket.once("close", () => {
            gone.abort()
            this.working--
            this.restingSince = performance.now()
        })
        for await (const line of createInterface({ input: socket })) {
            socket.write(ACKNOWLEDGED)
            const reply = await this.compile(line, gone.signal).catch(
                (error: Error): CompileReply => ({ failure: error.message }),
            )
            socket.end(writeReply(reply))
            return
        }
    }

    private async compile(line: string, signal: AbortSignal): Promise<CompileReply> {
        const request = JSON.parse(line) as CompileRequest
        const [a, b] = this.threads as [Worker, Worker]
        const least = a.waiting <= b.waiting ? a : b
        least.waiting++
        try {
            return await least.thread.ask(request, signal)
        } finally {
            least.waiting--
        }
    }
}

interface Worker {
    thread: CompilerThread
    waiting: number
}
