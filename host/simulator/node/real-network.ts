import { createRequire } from "node:module"
import { connect, isIP, type Socket } from "node:net"
import type * as Tls from "node:tls"
import { nextTurn } from "../../base/pause"
import type { WorldHost } from "../../documents/world-report"
import type { ReportingNetwork, SocketEvent } from "../door"
import type { ArrivalQueue } from "../world/arrival-queue"

/** When a connection is given up that nobody answers, in real milliseconds. */
const CONNECT_TIMEOUT_MS = 18_000
/** Most bytes that arrive in one piece: what the firmware reads of its socket at a time (`sock.c`). */
const PIECE_BYTES = 1_024
/** Longest real time at a stretch without a look at what has arrived, in milliseconds. */
const LOOK_MS = 5
/** The firmware's answer to a write without a connection. */
const NOT_CONNECTED = -10

/** What went wrong, for people, by Node's code; and how the firmware words it. */
const NO_SUCH_NAME = { failure: "name not found", text: "can't resolve host" }
const FAILURES: Readonly<Record<string, typeof NO_SUCH_NAME>> = {
    ENOTFOUND: NO_SUCH_NAME,
    EAI_AGAIN: NO_SUCH_NAME,
    EAI_FAIL: NO_SUCH_NAME,
    ERR_INVALID_ARG_VALUE: NO_SUCH_NAME,
    ECONNREFUSED: { failure: "refused", text: "can't connect" },
    ETIMEDOUT: { failure: "no answer", text: "can't connect" },
    EHOSTUNREACH: { failure: "no way there", text: "can't connect" },
    ENETUNREACH: { failure: "no way there", text: "can't connect" },
}

/**
 * The machine's own network as the board's: what the program sends leaves the machine. It answers in real
 * time: while the board has a connection its time passes no faster than that. TLS ends in the board's
 * firmware, so it ends here, and certificates are checked.
 */
export class RealNetwork implements ReportingNetwork {
    private readonly hosts = new Map<string, WorldHost>()
    private socket: Socket | undefined
    /** Whom the socket is connected to, or is to be. */
    private peer: WorldHost | undefined
    /** When the connection began, in the board's time and in real time. */
    private began = { boardMs: 0, realMs: 0 }
    private lookedAtMs = 0

    constructor(
        private readonly time: ArrivalQueue,
        private readonly timeoutMs = CONNECT_TIMEOUT_MS,
    ) {
        time.awaits(() => this.keepPace())
        time.onReset(() => this.close())
    }

    available(): boolean {
        return true
    }

    isOpen(): boolean {
        return this.socket !== undefined
    }

    open(name: string, port: number, tls: boolean): number {
        this.close()
        const url = `${tls ? "tls" : "tcp"}://${name}:${port}`
        const host: WorldHost = this.hosts.get(url) ?? {
            ...{ url, answeredBy: "nobody", connections: 0, requests: 0, answers: 0 },
        }
        this.hosts.set(url, host)
        this.peer = host
        this.began = { boardMs: this.time.nowUs / 1000, realMs: performance.now() }
        const socket = this.connect(name, port, tls)
        this.socket = socket
        const ifOurs =
            <Args extends unknown[]>(then: (...args: Args) => void) =>
            (...args: Args) => {
                if (this.socket === socket) then(...args)
            }
        const fail = ifOurs((error: NodeJS.ErrnoException) => this.fail(host, error))
        socket.setTimeout(
            this.timeoutMs,
            ifOurs(() => fail(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }))),
        )
        socket.on(
            tls ? "secureConnect" : "connect",
            ifOurs(() => {
                socket.setTimeout(0)
                host.answeredBy = "the network itself"
                host.connections++
                delete host.failure
                this.tell("open")
            }),
        )
        socket.on(
            "data",
            ifOurs((data: Buffer) => {
                host.answers++
                for (let at = 0; at < data.length; at += PIECE_BYTES)
                    this.tell("data", new Uint8Array(data.subarray(at, at + PIECE_BYTES)))
            }),
        )
        socket.on("error", fail)
        socket.on(
            "close",
            ifOurs(() => {
                this.socket = undefined
                this.tell("close")
            }),
        )
        return 0
    }

    write(data: Uint8Array): number {
        const { socket } = this
        if (!socket || socket.connecting) return NOT_CONNECTED
        this.peer!.requests++
        socket.write(data)
        return 0
    }

    close(): void {
        const { socket } = this
        this.socket = undefined
        socket?.destroy()
    }

    report(): WorldHost[] {
        return [...this.hosts.values()]
    }

    private connect(host: string, port: number, tls: boolean): Socket {
        // A server is not told an address as its name.
        if (tls) return loadTls().connect({ host, port, ...(!isIP(host) && { servername: host }) })
        return connect({ host, port })
    }

    private fail(host: WorldHost, error: NodeJS.ErrnoException): void {
        const known = FAILURES[error.code ?? ""]
        host.failure = known?.failure ?? error.message
        this.close()
        this.tell("error", new TextEncoder().encode(known?.text ?? error.message))
    }

    /** Holds the board back to real time while it has a connection, and lets that come in. */
    private keepPace(): Promise<void> | undefined {
        if (!this.socket) return undefined
        const now = performance.now()
        const { boardMs, realMs } = this.began
        const aheadMs = this.time.nowUs / 1000 - boardMs - (now - realMs)
        if (aheadMs <= 0 && now - this.lookedAtMs < LOOK_MS) return undefined
        this.lookedAtMs = now
        return aheadMs > 1 ? this.pause(aheadMs) : nextTurn()
    }

    /** Waits so long, or until something happens on the connection. */
    private pause(ms: number): Promise<void> {
        return new Promise(resolve => {
            const wake = () => {
                clearTimeout(timer)
                this.wake = () => undefined
                resolve()
            }
            const timer = setTimeout(wake, ms)
            this.wake = wake
        })
    }

    private wake: () => void = () => undefined

    private tell(event: SocketEvent, data: Uint8Array = new Uint8Array(0)): void {
        this.time.put({ kind: "socket", event, data })
        this.wake()
    }
}

/** Loaded when it is first needed: that takes a tenth of the time of a short run. */
function loadTls(): typeof Tls {
    return createRequire(import.meta.url)("node:tls") as typeof Tls
}
