/** Bytes both ways, with nothing known of what they mean: a serial port, a socket. */
export interface ByteStream {
    /** Sends bytes, in the order of the calls. Rejects when the stream is gone. */
    write(bytes: Uint8Array): Promise<void>
    /** Ends the stream; `closed` of its listener is not called for that. Never rejects. */
    close(): Promise<void>
}

export interface ByteStreamListener {
    /** Bytes as they came, cut anywhere; valid during the call alone. */
    data(bytes: Uint8Array): void
    /** The stream has ended by itself: unplugged, or closed by the other side. Called once at most. */
    closed(error: Error | undefined): void
}

/** A place that a board can be reached at, as often as one likes. */
export interface Port {
    /** How people name it: `/dev/ttyACM0`, `tcp://127.0.0.1:8082`. */
    readonly address: string
    /** Rejects with a `UserError` that says what to do, when it cannot be opened now. */
    open(listener: ByteStreamListener): Promise<ByteStream>
}
