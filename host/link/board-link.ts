import { UserError } from "../base/errors"
import type { Port } from "./transport/byte-stream"
import { LinkError, type Link, type LinkListener, type LinkState } from "./link"
import { Session } from "./session"

export interface BoardLinkOptions {
    /** Opens the port again whenever it is lost, until `close`. Default: false. */
    reconnect?: boolean
    /** How long `open` waits for the board's first word, in milliseconds. */
    answerMs?: number
    /** Waits before the attempts after a loss, in milliseconds; the last is repeated. */
    backoffMs?: readonly number[]
}

/** A board that is just resetting needs a moment before it answers. */
const ANSWER_MS = 5000
/** A board that re-enumerates is back within a second or two; one that is unplugged, later. */
const BACKOFF_MS = [100, 200, 400, 800, 1600, 3000] as const

/** A link to the board at a port. Each opening begins with a clean decoder: nothing is told twice. */
export class BoardLink implements Link {
    readonly address: string
    state: LinkState = { phase: "closed" }
    private readonly listeners = new Set<LinkListener>()
    private session: Session | undefined
    private attempt = 0
    private retry: ReturnType<typeof setTimeout> | undefined
    private isOpen = false

    constructor(
        private readonly port: Port,
        private readonly options: BoardLinkOptions = {},
    ) {
        this.address = port.address
    }

    listen(listener: LinkListener): () => void {
        this.listeners.add(listener)
        return () => void this.listeners.delete(listener)
    }

    async open(): Promise<void> {
        if (this.isOpen) throw new Error(`${this.address} is open already`)
        this.isOpen = true
        this.attempt = 0
        const { answerMs = ANSWER_MS } = this.options
        let leave: () => void = () => undefined
        const answer = new Promise<void>((resolve, reject) => {
            const gone = (message?: string) =>
                new UserError("E_CONNECT", `${this.address}: ${message ?? "it was closed"}.`)
            let lost: UserError | undefined
            const timer = setTimeout(() => reject(lost ?? this.noAnswer(answerMs)), answerMs)
            const stop = this.listen({
                state: ({ phase, message, retryInMs }) => {
                    if (phase === "open") resolve()
                    // A board that is just resetting comes back.
                    else if (phase === "lost" && retryInMs !== undefined) lost = gone(message)
                    else if (phase === "closed" || phase === "lost") reject(gone(message))
                },
            })
            leave = () => {
                clearTimeout(timer)
                stop()
            }
        })
        // Opening may fail before anybody waits for the answer.
        answer.catch(() => undefined)
        try {
            await this.connect()
            await answer
        } catch (error) {
            await this.close()
            throw error
        } finally {
            leave()
        }
    }

    async send(frame: Uint8Array): Promise<void> {
        if (!this.session || this.state.phase !== "open")
            throw new LinkError(`${this.address} is ${this.state.phase}`)
        try {
            await this.session.send(frame)
        } catch (error) {
            if (error instanceof RangeError) throw error
            throw new LinkError(`${this.address}: ${(error as Error).message}`)
        }
    }

    async close(): Promise<void> {
        this.isOpen = false
        clearTimeout(this.retry)
        const { session } = this
        this.session = undefined
        await session?.close()
        if (this.state.phase !== "closed") this.enter({ phase: "closed" })
    }

    private noAnswer(answerMs: number): UserError {
        return new UserError(
            "E_NO_ANSWER",
            `nothing at ${this.address} speaks like a DeviceScript board (${answerMs / 1000} s without a frame). Is it the right port? \`heapscope ports\` lists them.`,
        )
    }

    private async connect(): Promise<void> {
        this.enter({ phase: "connecting" })
        const session: Session = new Session({
            frame: frame => this.tell(listener => listener.frame?.(frame)),
            line: text => this.tell(listener => listener.line?.(text)),
            gap: of => this.tell(listener => listener.gap?.(of)),
            talking: () => {
                this.attempt = 0
                this.enter({ phase: "open" })
            },
            silent: () => this.enter({ phase: "silent", message: "the board has gone silent" }),
            ended: error => this.lost(session, error?.message ?? "the port is gone"),
        })
        this.session = session
        await session.start(this.port)
    }

    private lost(session: Session, message: string): void {
        if (session !== this.session) return
        this.session = undefined
        // However the stream ended, its port is to be free for the next attempt.
        const released = session.close()
        if (!this.isOpen || !this.options.reconnect) {
            this.enter({ phase: "lost", message })
            return
        }
        const waits = this.options.backoffMs ?? BACKOFF_MS
        const retryInMs = waits[Math.min(this.attempt++, waits.length - 1)] ?? 0
        this.enter({ phase: "lost", message, retryInMs })
        this.retry = setTimeout(() => void released.then(() => this.reconnect()), retryInMs)
    }

    private async reconnect(): Promise<void> {
        if (!this.isOpen) return
        try {
            await this.connect()
        } catch (error) {
            if (this.session) this.lost(this.session, (error as Error).message)
        }
    }

    private enter(state: LinkState): void {
        this.state = state
        this.tell(listener => listener.state?.(state))
    }

    private tell(tell: (listener: LinkListener) => void): void {
        for (const listener of [...this.listeners]) tell(listener)
    }
}
