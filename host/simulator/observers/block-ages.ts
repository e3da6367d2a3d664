import type { AgedBlock, BlockLives } from "../../analysis/profile/histograms"
import type { HeapBlock } from "../../model/heap/block"
import { TAG_FREE, walkHeap } from "../../model/heap/walk"
import type { AllocationListener, SimulatedBoard } from "../simulated-board"
import { moved, withWord, type HeapWords } from "./heap-words"

/** A block of the largest heap there is has fewer words. */
const MAX_WORDS = 1 << 14

/**
 * Notes how large the blocks of a run are, when each was made, and how many collections it lived through.
 * All it keeps is on the host; of the board it only reads.
 */
export class BlockAges {
    private board: SimulatedBoard | undefined
    /** By words of a block: how many were made. */
    private readonly sizes = new Float64Array(MAX_WORDS + 1)
    private collections = 0
    private words: HeapWords = { first: 0, length: 0 }
    /** By those words: when the block there was made, and after how many collections. */
    private madeMs = new Float64Array(0)
    private madeIn = new Uint32Array(0)
    /** Of 1, 2, 4 ... collections: blocks that lived through so many. */
    private readonly survivors: { blocks: number; bytes: number }[] = []
    private atPeak:
        | { atMs: number; collections: number; made: number; ms: Float64Array; in: Uint32Array }
        | undefined

    readonly onBoard = (board: SimulatedBoard): void => void (this.board = board)

    /** To be given to a board as its listener. */
    readonly allocated: AllocationListener = (_words, _ctx, _tag, bytes, address) => {
        this.sizes[Math.min(bytes >>> 2, MAX_WORDS)]!++
        let word = this.indexOf(address)
        if (word < 0 || word >= this.madeMs.length) {
            this.makeRoomFor(address >>> 2)
            word = this.indexOf(address)
        }
        this.madeMs[word] = this.board?.nowMs ?? 0
        this.madeIn[word] = this.collections
    }

    /** To be called right after each collection. */
    collected(): void {
        const heap = this.board?.tracker.heap
        if (!heap) return
        this.collections++
        walkHeap(heap, (address, bytes, tag) => {
            if (tag === TAG_FREE) return
            const age = this.collections - this.madeIn[this.indexOf(address)]!
            // Each block is counted once for each power of two that it gets to.
            if ((age & (age - 1)) !== 0) return
            const sum = (this.survivors[Math.log2(age)] ??= { blocks: 0, bytes: 0 })
            sum.blocks++
            sum.bytes += bytes
        })
    }

    /** To be given to a board as its `onPeak`. */
    readonly peak = (made: number): void => {
        const { madeMs, madeIn, collections } = this
        const kept = this.atPeak
        const isRoomy = kept?.ms.length === madeMs.length
        const ms = isRoomy ? kept!.ms : new Float64Array(madeMs.length)
        const inOf = isRoomy ? kept!.in : new Uint32Array(madeIn.length)
        ms.set(madeMs)
        inOf.set(madeIn)
        this.atPeak = { atMs: this.board?.nowMs ?? 0, collections, made, ms, in: inOf }
    }

    /**
     * What became of all blocks.
     * @param blocks of the heap when it is over
     * @param atMs when it was over, simulated milliseconds
     */
    lives(blocks: readonly HeapBlock[], atMs: number): BlockLives {
        const { collections, madeMs, madeIn, sizes, survivors } = this
        const live = blocks.filter(block => block.live)
        return {
            ...{ sizes, survivors },
            live: live.map(({ address, bytes }) => ({
                ...{ bytes, ageMs: Math.max(0, atMs - madeMs[this.indexOf(address)]!) },
                collections: collections - madeIn[this.indexOf(address)]!,
            })),
        }
    }

    /** The same with what was live when most was. */
    livesAtPeak(blocks: readonly { address: number; bytes: number }[]): BlockLives {
        const { sizes, survivors, atPeak } = this
        const aged = ({ address, bytes }: { address: number; bytes: number }): AgedBlock => {
            // The block that made it the most was not there yet when it was noted.
            if (!atPeak || address === atPeak.made) return { bytes, ageMs: 0, collections: 0 }
            const word = this.indexOf(address)
            return {
                ...{ bytes, ageMs: atPeak.atMs - atPeak.ms[word]! },
                collections: atPeak.collections - atPeak.in[word]!,
            }
        }
        return { sizes, survivors, live: blocks.map(aged) }
    }

    private indexOf(address: number): number {
        return (address >>> 2) - this.words.first
    }

    private makeRoomFor(word: number): void {
        const words = withWord(this.words, word)
        this.madeMs = moved(this.madeMs, this.words, words)
        this.madeIn = moved(this.madeIn, this.words, words)
        if (this.atPeak) {
            this.atPeak.ms = moved(this.atPeak.ms, this.words, words)
            this.atPeak.in = moved(this.atPeak.in, this.words, words)
        }
        this.words = words
    }
}
