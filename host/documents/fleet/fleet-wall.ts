import type { DeathGroup } from "./fleet-report"

/** How a board is, the worst first: what the wall is ordered by. */
export const CONDITIONS = ["gone", "died", "full", "holes", "new", "fine"] as const

/**
 * - `gone`: it does not report any more;
 * - `died`: its program died, and has not begun anew;
 * - `full`: more than 85 % of its heap is live;
 * - `holes`: no free block of 2 KiB is left;
 * - `new`: it has told no figures yet.
 */
export type Condition = (typeof CONDITIONS)[number]

/** A board on the wall. Without figures of now where it has none. */
export interface WallBoard {
    name: string
    /** Which board it is: an id. */
    board: string
    condition: Condition
    /** The latest figures, of a board that is there. */
    heap?: {
        /** Bytes that blocks can use. */
        limitBytes: number
        usedBytes: number
        liveBytes: number
        largestFreeBytes: number
        /** By how much live bytes may be off, where they are worked out. */
        liveErrorBytes?: number
    }
    /** In how many milliseconds it runs out of memory if it goes on so, and the range; of what leaks alone. */
    death?: {
        inMs: number
        fromMs: number
        toMs: number
        /** How its program died in the simulator, where that was known; else its reports alone told it. */
        by?: "program"
    }
    /** Its own milliseconds since its start. */
    uptimeMs?: number
    /** When its last figures came, in milliseconds since 1970. */
    lastMs?: number
    deaths: number
    /** How often it began, the first time included. */
    starts: number
    /** Reports that never came. */
    missed: number
    /** Live bytes of its last samples, in thousandths of its heap, oldest first. */
    trail: number[]
}

/** All boards of a fleet, the worst first: what its page asks for. */
export interface FleetWall {
    /** Milliseconds since 1970. */
    atMs: number
    boards: WallBoard[]
    /** Deaths by cause and place, the most frequent first. */
    deaths: DeathGroup[]
}
