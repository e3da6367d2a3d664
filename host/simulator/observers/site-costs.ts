import { BLOCK_TYPES, type BlockType } from "../../model/heap/block"
import { TAG_TYPE } from "../../model/heap/walk"
import { PCS } from "../../model/program/source-map"
import { lineAsking } from "../frame-instruction"
import type { AllocationListener } from "../simulated-board"

/** What a place of the program has allocated of one kind of block. */
export interface SiteCost {
    /** Points past its instruction; 0 for the runtime itself. */
    pc: number
    type: BlockType
    bytes: number
    allocations: number
    /** Of them, those since `isSteady`. */
    steadyAllocations: number
}

/** By pc. */
interface Counts {
    bytes: Float64Array
    allocations: Float64Array
    steady: Float64Array
}

/** Charges what a run allocates to the lines of the program that asked for it: three sums a block. */
export class SiteCosts {
    /** From here on the program is held to be in its steady state. */
    isSteady = false
    /** By number of the type of block. */
    private readonly counts: (Counts | undefined)[] = []

    /** @param isLibrary by pc: 1 where the code is a library's, whose blocks are charged to its caller */
    constructor(private readonly isLibrary: Uint8Array | undefined) {}

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (words, ctx, tag, bytes) => {
        const type = tag & TAG_TYPE
        const counts = (this.counts[type] ??= {
            bytes: new Float64Array(PCS),
            allocations: new Float64Array(PCS),
            steady: new Float64Array(PCS),
        })
        const pc = ctx === 0 ? 0 : lineAsking(words, ctx, this.isLibrary)
        counts.bytes[pc]! += bytes
        counts.allocations[pc]!++
        if (this.isSteady) counts.steady[pc]!++
    }

    /** Every place that allocated, by pc. */
    all(): SiteCost[] {
        return this.counts.flatMap((counts, type) =>
            counts
                ? Array.from(counts.allocations.keys())
                      .filter(pc => counts.allocations[pc]! > 0)
                      .map(pc => ({
                          ...{ pc, type: BLOCK_TYPES[type]!, bytes: counts.bytes[pc]! },
                          allocations: counts.allocations[pc]!,
                          steadyAllocations: counts.steady[pc]!,
                      }))
                : [],
        )
    }
}
