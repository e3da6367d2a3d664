/** A host's end of the cable. */
export interface Cable {
    /** Bytes for the host; they are the host's to keep. @returns whether it takes more at once */
    send(bytes: Uint8Array): boolean
    /** The board has gone: it resets. */
    unplugged(): void
}

/** A board that a host can be plugged into. */
export interface ServedBoard {
    /** Plugs a host in, in place of the one before. */
    plug(cable: Cable): void
    unplug(): void
    /** Bytes from the host. */
    receive(bytes: Uint8Array): void
    /** The host takes bytes again. */
    drained(): void
}
