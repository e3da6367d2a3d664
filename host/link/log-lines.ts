import { MAX_FRAME_BYTES } from "../wire/jacdac-frame"

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** A longer line is cut in pieces of this, in bytes: whatever arrives, no more is kept. */
export const MAX_LINE_BYTES = 4096

/**
 * Puts lines together out of log text that comes in pieces, with frames in between. A session may
 * begin inside a frame: its first text is kept back until it is certain that it is text.
 */
export class LogLines {
    private readonly pending = new Uint8Array(MAX_LINE_BYTES)
    private length = 0
    private certain = false
    private readonly decoder = new TextDecoder()

    /** @param onLine gets each line that is not empty, without its line end */
    constructor(private readonly onLine: (line: string) => void) {}

    add(bytes: Uint8Array): void {
        let from = 0
        while (from < bytes.length) {
            const take = Math.min(bytes.length - from, MAX_LINE_BYTES - this.length)
            this.pending.set(bytes.subarray(from, from + take), this.length)
            const searchFrom = this.length
            this.length += take
            from += take
            if (!this.certain && this.length > MAX_FRAME_BYTES) this.sync()
            else if (this.certain) this.split(searchFrom)
        }
    }

    /** What came so far is text: something that is not text has come, from its beginning. */
    sync(): void {
        if (this.certain) return
        this.certain = true
        this.split(0)
    }

    /** What came so far was the end of a frame. */
    dropTail(): void {
        if (!this.certain) this.length = 0
        this.certain = true
    }

    /** The stream has ended: what came of the last line is all there is of it. */
    end(): void {
        this.sync()
        this.emit(0, this.length)
        this.length = 0
        this.certain = false
    }

    private split(searchFrom: number): void {
        const { pending } = this
        let start = 0
        for (let at = searchFrom; at < this.length; at++) {
            if (pending[at] !== LINE_FEED) continue
            this.emit(start, at)
            start = at + 1
        }
        pending.copyWithin(0, start, this.length)
        this.length -= start
        if (this.length < MAX_LINE_BYTES) return
        this.emit(0, this.length)
        this.length = 0
    }

    private emit(start: number, end: number): void {
        if (end > start && this.pending[end - 1] === CARRIAGE_RETURN) end--
        if (end > start) this.onLine(this.decoder.decode(this.pending.subarray(start, end)))
    }
}
