import { UserError } from "../base/errors"
import type { LinkPhase } from "../model/events"

export type { LinkPhase }

export interface LinkState {
    phase: LinkPhase
    /** For people: what happened, what comes next. */
    message?: string
    /** Milliseconds until the next attempt, when there is to be one. */
    retryInMs?: number
}

/** What a link tells. Calls come one after the other, in the order of the wire; none may throw. */
export interface LinkListener {
    /** A valid Jacdac frame, the bridge's own left out. It may be kept. */
    frame?(frame: Uint8Array): void
    /**
     * A line of the board's log without its line end, as it came: it may hold anything, so `sanitize`
     * it before it reaches a terminal.
     */
    line?(text: string): void
    /** The board says that it had to skip frames, or lines of the log, because nobody took them. */
    gap?(of: "frames" | "log"): void
    state?(state: LinkState): void
}

/** A connection to one board: Jacdac frames both ways, and its log. */
export interface Link {
    /** How people name the other end. */
    readonly address: string
    readonly state: LinkState
    /** Adds a listener. @returns takes it away again */
    listen(listener: LinkListener): () => void
    /**
     * Opens the port and has the board talk. Resolves when it does.
     * @throws UserError when the port cannot be opened, or nothing on it speaks Jacdac
     */
    open(): Promise<void>
    /** Sends a sealed frame. Rejects with a `LinkError` when it cannot leave now; it is not sent later. */
    send(frame: Uint8Array): Promise<void>
    /** Closes the port; the board goes on as it is. Never rejects. */
    close(): Promise<void>
}

/** Nothing can be sent: the link is not open. */
export class LinkError extends UserError {
    override readonly name = "LinkError"

    constructor(message: string) {
        super("E_LINK_LOST", message)
    }
}
