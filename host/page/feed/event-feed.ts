import type { PageMessage, PageRequest } from "../../documents/page-messages"

/** Where the page's events come from: a command line over a WebSocket, or a simulator in the same tab. */
export interface EventFeed {
    /** Tells of all that comes, from now on. */
    start(listener: FeedListener): void
    ask(request: PageRequest): void
    /** Nothing more is wanted. */
    stop(): void
}

export interface FeedListener {
    message(message: PageMessage): void
    phase(phase: FeedPhase): void
}

/**
 * - `connecting`: the first time;
 * - `open`: messages come;
 * - `lost`: the command has ended, or cannot be reached; it is tried again;
 * - `refused`: the page's address is not the right one.
 */
export type FeedPhase = "connecting" | "open" | "lost" | "refused"
