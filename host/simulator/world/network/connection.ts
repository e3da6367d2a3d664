/** The board's end of a connection, as a server of the world sees it. */
export interface Connection {
    /** Sends bytes to the board; they arrive after the network's delay, in order. */
    send(data: Uint8Array): void
    /** Closes the connection after what was sent has arrived. */
    close(): void
    /** Has something done in this many simulated milliseconds, while the connection is there. */
    after(ms: number, action: () => void): void
    /** Counts a request or message taken from the board. */
    took(): void
    /** Counts an answer or message sent to the board. */
    gave(): void
    /** Both have gone over from HTTP to WebSocket. */
    upgraded?(): void
}

/** One end of a protocol: what a server does with one connection. */
export interface Conversation {
    /** The board sent bytes. */
    received(data: Uint8Array): void
    /** The board closed the connection, or lost it. */
    closed?(): void
}

export function utf8(text: string): Uint8Array {
    return new TextEncoder().encode(text)
}

export function textOf(bytes: Uint8Array): string {
    return new TextDecoder().decode(bytes)
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
        all.set(part, at)
        at += part.length
    }
    return all
}
