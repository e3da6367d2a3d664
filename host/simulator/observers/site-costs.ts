import { BLOCK_TYPES, type BlockType } from "../../model/heap/block"
import { TAG_TYPE } from "../../model/heap/walk"
import { PCS } from "../../model/program/source-map"
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

/** What is counted of a pc, side by side: each allocation looks at all of it. */
const BYTES = 0
const ALLOCATIONS = 1
const STEADY = 2
const SUMS = 3

/** Charges what a run allocates to the lines of the program that asked for it: three sums a block. */
export class SiteCosts {
    /** From here on the program is held to be in its steady state. */
    isSteady = false
    /** By number of the type of block: the sums of all pcs. */
    private readonly counts: (Float64Array | undefined)[] = []

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (_words, _ctx, tag, bytes, _address, _asked, pc) => {
        const counts = (this.counts[tag & TAG_TYPE] ??= new Float64Array(PCS * SUMS))
        const at = pc * SUMS
        counts[at + BYTES]! += bytes
        counts[at + ALLOCATIONS]!++
        if (this.isSteady) counts[at + STEADY]!++
    }

    /** Every place that allocated, by pc. */
    all(): SiteCost[] {
        const all: SiteCost[] = []
        for (const [type, counts] of this.counts.entries())
            for (let pc = 0, at = 0; counts && pc < PCS; pc++, at += SUMS) {
                const allocations = counts[at + ALLOCATIONS]!
                if (allocations > 0)
                    all.push({
                        ...{ pc, type: BLOCK_TYPES[type]!, bytes: counts[at + BYTES]! },
                        ...{ allocations, steadyAllocations: counts[at + STEADY]! },
                    })
            }
        return all
    }
}
