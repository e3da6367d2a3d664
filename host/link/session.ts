import { UserError } from "../base/errors"
import { sleep } from "../base/pause"
import { bridgeCommandOf, WAKE_UP } from "../wire/bridge"
import type { ByteStream, Port } from "./transport/byte-stream"
import { encodeFrame, FrameDecoder } from "../wire/framing"
import { LogLines } from "./log-lines"

export interface SessionListener {
    frame(frame: Uint8Array): void
    line(text: string): void
    gap(of: "frames" | "log"): void
    /** The board talks, for the first time or again. */
    talking(): void
    /** The board has not said anything for a while. */
    silent(): void
    /** The stream has ended by itself; all that came has been told. Nothing is told after it. */
    ended(error: Error | undefined): void
}

/** How often a board that does not talk is asked to, in milliseconds. */
const WAKE_MS = 250
/** A board announces itself every 500 ms: silent for this long, it no longer forwards, or resets. */
const SILENCE_MS = 2000

/** A serial port that is being opened is open, or cannot be, by then. Milliseconds. */
const RELEASE_MS = 500

/** One opening of a port: the board's bytes taken apart, and the board kept talking. */
export class Session {
    private stream: ByteStream | undefined
    private starting: Promise<void> | undefined
    private readonly lines = new LogLines(line => this.listener.line(line))
    private readonly decoder = new FrameDecoder({
        frame: frame => {
            this.lines.sync()
            this.heard()
            if (bridgeCommandOf(frame) === undefined) this.listener.frame(frame.slice())
        },
        text: bytes => this.lines.add(bytes),
        gap: of => {
            this.lines.sync()
            this.listener.gap(of)
        },
        damaged: what => (what === "tail" ? this.lines.dropTail() : this.lines.sync()),
    })
    private talks = false
    private heardAt = 0
    private timer: ReturnType<typeof setTimeout> | undefined
    private over = false

    constructor(private readonly listener: SessionListener) {}

    /** Opens the port and begins to wake the board. @throws UserError when it cannot be opened */
    start(port: Port): Promise<void> {
        this.starting = this.begin(port)
        return this.starting
    }

    private async begin(port: Port): Promise<void> {
        const stream = await port.open({
            data: bytes => {
                if (!this.over) this.decoder.push(bytes)
            },
            closed: error => this.ended(error),
        })
        if (this.over) {
            await stream.close()
            throw new UserError(
                "E_CONNECT",
                `${port.address} was closed while it was being opened.`,
            )
        }
        this.stream = stream
        this.wake()
        this.timer = setInterval(() => this.tick(), WAKE_MS)
    }

    send(frame: Uint8Array): Promise<void> {
        return this.write(encodeFrame(frame))
    }

    /** The port is free afterwards, also when it was just being opened. */
    async close(): Promise<void> {
        this.finish()
        const opened = this.starting?.catch(() => undefined)
        const patience = new AbortController()
        // Whoever does not answer at all is not waited for.
        await Promise.race([opened, sleep(RELEASE_MS, patience.signal)])
        patience.abort()
        await this.stream?.close()
    }

    private heard(): void {
        this.heardAt = performance.now()
        if (this.talks) return
        this.talks = true
        this.listener.talking()
    }

    private tick(): void {
        const isSilent = performance.now() - this.heardAt > SILENCE_MS
        if (this.talks && isSilent) {
            this.talks = false
            this.listener.silent()
        }
        if (!this.talks) this.wake()
    }

    private wake(): void {
        // A stream that cannot be written to ends, and tells so.
        this.write(WAKE_UP).catch(() => undefined)
    }

    private async write(bytes: Uint8Array): Promise<void> {
        if (this.over || !this.stream) throw new Error("the port is closed")
        await this.stream.write(bytes)
    }

    private ended(error: Error | undefined): void {
        if (this.over) return
        this.finish()
        this.listener.ended(error)
    }

    private finish(): void {
        if (this.over) return
        clearInterval(this.timer)
        this.lines.end()
        this.over = true
    }
}
