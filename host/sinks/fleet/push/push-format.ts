import type { BoardReading } from "../../../analysis/fleet/fleet-board"

/** How readings are written for an engine that they are sent to. */
export interface PushFormat {
    /** Of HTTP, beside those of the access. */
    headers: Readonly<Record<string, string>>
    /** The address as the engine is to be asked; a format may add to it what it relies on. */
    url?(url: URL): URL
    /** @param readings in the order in which they came, at least one */
    encode(readings: readonly BoardReading[]): Uint8Array
}
