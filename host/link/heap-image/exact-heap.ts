import type { HeapBlock } from "../../model/heap/block"
import type { HeapFigures } from "../../model/figures"
import type { HeapGraph, ProgramNames } from "../../model/graph/graph"
import { buildGraph } from "../../model/graph/build-graph"
import { HeapMarker } from "../../model/heap/marker"
import { measureHeap } from "../../model/heap/measure"
import { listBlocks } from "../../model/heap/walk"
import { imageWithoutNames } from "./image-without-names"
import { assembleMemory, type BoardMemory } from "./board-memory"
import type { Debugger, HaltOptions } from "../debugger/debugger"
import { functionTable } from "./function-table"
import { readHeap, type BoardHeap } from "./read-heap"
import type { HaltedProgram } from "../debugger/halted-program"
import { findRuntimeBlocks, type RuntimeBlocks } from "./runtime-blocks"

export interface ReadOptions extends HaltOptions {
    /** Nominal size of the heap the board is said to have, in bytes. */
    heapBytes: number
    /** What that board takes of it before any program, in bytes. Default: the most of any board we know. */
    idleBytes?: number
    /** Bytecode of the program on the board, if that is known. Without it objects have no names. */
    image?: Uint8Array
    /** Told while the program stands still, once all is read. */
    onRead?: (heap: BoardHeap) => void
}

/** What was read while the program stood still. */
export interface ReadHeap {
    raw: BoardHeap
    runtime: RuntimeBlocks
}

/** A board's heap at one moment, exactly: what can be told of a simulated one, of its own bytes. */
export class ExactHeap {
    private readonly marker: HeapMarker
    private readonly liveBytes: number

    private constructor(
        private readonly memory: BoardMemory,
        private readonly image: Uint8Array,
        /** How long the program stood still, in milliseconds. */
        readonly haltedMs: number,
        /** Frames that went over the wire meanwhile, acknowledgements left out. */
        readonly frames: number,
    ) {
        this.marker = new HeapMarker(memory.heap)
        this.liveBytes = this.marker.mark(memory.ctx)
    }

    /**
     * Halts the program, reads its heap, and lets it go on.
     * @throws UserError when that cannot be done, HeapError when the heap is not what the runtime leaves
     */
    static async read(debug: Debugger, options: ReadOptions): Promise<ExactHeap> {
        let haltedAt = 0
        let framesBefore = 0
        const read = await debug.whileHalted(program => {
            haltedAt = performance.now()
            framesBefore = debug.frames
            return ExactHeap.readHalted(program, options)
        }, options)
        const haltedMs = performance.now() - haltedAt
        return ExactHeap.of(read, options.image, haltedMs, debug.frames - framesBefore)
    }

    /**
     * Reads the heap of a program that stands still. `of` makes what it is of that, when it goes on.
     * @throws UserError when that cannot be done, HeapError when the heap is not what the runtime leaves
     */
    static async readHalted(
        program: HaltedProgram,
        { heapBytes, idleBytes, onRead }: Pick<ReadOptions, "heapBytes" | "idleBytes" | "onRead">,
    ): Promise<ReadHeap> {
        const raw = await readHeap(program, heapBytes, idleBytes)
        const blocks = listBlocks(raw.heap)
        const runtime = findRuntimeBlocks(raw.heap, blocks, await program.fibers())
        onRead?.(raw)
        return { raw, runtime }
    }

    /** @throws HeapError when the heap is not what the runtime leaves */
    static of(
        { raw, runtime }: ReadHeap,
        image: Uint8Array | undefined,
        haltedMs: number,
        frames: number,
    ): ExactHeap {
        const { heap } = raw
        const flash = image ?? imageWithoutNames(heap, functionTable(heap, runtime.fibers))
        return new ExactHeap(assembleMemory(raw, runtime, flash), flash, haltedMs, frames)
    }

    /** The high-water marks are those of this moment: nobody has looked before. */
    figures(): HeapFigures {
        const { liveBytes, memory } = this
        const figures = measureHeap(memory.heap, liveBytes, {
            highWaterUsedBytes: 0,
            highWaterLiveBytes: liveBytes,
        })
        return { ...figures, highWaterUsedBytes: figures.usedBytes }
    }

    /** Every block, in order of address, each with whether it is live. */
    blocks(): HeapBlock[] {
        return listBlocks(this.memory.heap).map(block => ({
            ...block,
            live: this.marker.isLive(block.address),
        }))
    }

    /** @param names the compiler's, for globals and variables */
    graph(names?: ProgramNames): HeapGraph {
        return buildGraph({ ...this.memory, bytecode: this.image, names })
    }
}
