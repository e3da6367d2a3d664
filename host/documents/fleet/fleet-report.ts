/** What became of a fleet for as long as it was watched: `heapscope fleet --json`. */
export interface FleetReport {
    schema: "heapscope/fleet@1"
    /** Real time, in milliseconds. */
    watchedMs: number
    boards: {
        /** All that reported. */
        known: number
        /** Those that were there at the end. */
        here: number
        /** Those that were not taken: too many, or their names were others'. */
        refused: number
    }
    reports: {
        /** Reports that came, each once. */
        received: number
        /** Reports that never came, as the numbers of those after them tell. */
        missed: number
        /** Reports that had come before, and were left out. */
        doubled: number
    }
    /** Boards that died, or began anew, by cause and place: the most frequent first. */
    deaths: DeathGroup[]
    outputs: OutputStatus[]
}

/** Deaths of one cause at one place. */
export interface DeathGroup {
    /** Name of the panic; `unheard` where nobody heard it: the board began anew. */
    cause: string
    /** Innermost line of the program, `file:line:column`, where it was told. */
    place?: string
    deaths: number
    /** Names of the first boards it happened to. */
    boards: string[]
    /** When it was the last time, in milliseconds since 1970. */
    lastMs: number
}

/** How an output stands, in readings: the figures of one board at one moment. */
export interface OutputStatus {
    /** As `fleet.outputs` has it: `remoteWrite`. */
    name: string
    /** Taken by whoever gets them. */
    sent: number
    /** Kept until somebody takes them. */
    waiting: number
    /** Given up: refused, or too many to keep. */
    dropped: number
    /** Why nobody takes them at the moment. */
    failure?: string
}
