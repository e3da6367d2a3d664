/**
 * How large the blocks of a run are and how long they were there. Blocks and bytes are exact, headers
 * included: over all rows of `sizes`, and of `survived`, they are what was allocated, and what is live.
 */
export interface Histograms {
    /** All blocks by size, in powers of two. */
    sizes: SizeRow[]
    /** What is live, by how long ago it was made. */
    ages: AgeRow[]
    /** All blocks by how many collections they lived through: their age as collectors have it. */
    survived: SurvivedRow[]
}

/** Blocks of a row: how many were made, and what of them is live. */
export interface RowCounts {
    allocations: number
    bytes: number
    liveBlocks: number
    liveBytes: number
}

export interface SizeRow extends RowCounts {
    /** Larger than the row before, and no larger than this. */
    atMostBytes: number
}

export interface AgeRow {
    /** Older than the row before, and no older than this; null for whatever is older. */
    atMostMs: number | null
    liveBlocks: number
    liveBytes: number
}

export interface SurvivedRow extends RowCounts {
    /** So many at least, and fewer than the next row. */
    atLeastCollections: number
}
