import type { HeapBlock } from "../model/heap/block"
import { lineAsking } from "./frame-instruction"
import type { AllocationFacts } from "../model/graph/graph"

/** A place in the program, and what its allocations still hold. */
export interface AllocationSite {
    /** Global program counter, pointing past the instruction. */
    pc: number
    liveBytes: number
    blocks: number
}

/** What is remembered of each block, by word of the heap from `start` on. */
export interface SitesState {
    start: number
    sites: Uint16Array<ArrayBuffer>
    numbers: Uint32Array<ArrayBuffer>
}

/**
 * Remembers of each block which instruction of the program allocated it and how many blocks the run had
 * allocated by then: six bytes a word of the heap, on the host. What the libraries allocate is charged
 * to the line of the program that called them.
 */
export class AllocationSites implements AllocationFacts {
    /** By word of the heap: the pc that allocated the block starting there; 0 for the runtime itself. */
    private sites = new Uint16Array(0)
    /** By word of the heap: which allocation of the run made the block starting there, from 1. */
    private numbers = new Uint32Array(0)
    private start = 0

    /** @param isLibrary by pc: 1 where the code is a library's; none when that is not known */
    constructor(
        private readonly words: Uint32Array,
        private readonly isLibrary: Uint8Array | undefined,
    ) {}

    heapCreated(start: number, end: number): void {
        this.start = start
        this.sites = new Uint16Array((end - start) >>> 2)
        this.numbers = new Uint32Array((end - start) >>> 2)
    }

    /** What it remembers, as data. */
    save(): SitesState {
        const { start, sites, numbers } = this
        return { start, sites: sites.slice(), numbers: numbers.slice() }
    }

    restore({ start, sites, numbers }: SitesState): void {
        this.start = start
        this.sites = sites.slice()
        this.numbers = numbers.slice()
    }

    /**
     * @param ctx the running program's context, 0 before there is one
     * @param allocation how many blocks the run has allocated with this one
     * @returns the pc that it is charged to
     */
    record(address: number, ctx: number, allocation: number): number {
        const index = (address - this.start) >>> 2
        const pc = ctx === 0 ? 0 : lineAsking(this.words, ctx, this.isLibrary)
        this.sites[index] = pc
        this.numbers[index] = allocation
        return pc
    }

    /** Copies the place of each block, by word of the heap, to somebody who keeps it. */
    copyTo(places: Uint16Array): void {
        places.set(this.sites)
    }

    /** Which allocation of the run made the block at this address. */
    numberOf(address: number): number {
        return this.numbers[(address - this.start) >>> 2]!
    }

    /** The pc that allocated the block at this address. */
    pcOf(address: number): number {
        return this.sites[(address - this.start) >>> 2]!
    }

    /** What each place's allocations hold of these blocks, most live bytes first. */
    holders(blocks: HeapBlock[]): AllocationSite[] {
        const bySite = new Map<number, AllocationSite>()
        for (const { address, bytes, live } of blocks) {
            const pc = this.sites[(address - this.start) >>> 2]!
            if (!live || pc === 0) continue
            const site = bySite.get(pc) ?? { pc, liveBytes: 0, blocks: 0 }
            site.liveBytes += bytes
            site.blocks++
            bySite.set(pc, site)
        }
        return [...bySite.values()].sort((a, b) => b.liveBytes - a.liveBytes || a.pc - b.pc)
    }
}
