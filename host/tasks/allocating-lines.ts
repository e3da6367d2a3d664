import { BLOCK_TYPES, type BlockType } from "../model/heap/block"
import { SourceFrames } from "../model/program/source-frames"
import { SourceMap } from "../model/program/source-map"
import type { Program } from "../model/program/program"
import { callsOf } from "../analysis/profile/fold-profile"
import { Places, RUNTIME_PLACE } from "../analysis/profile/source-places"
import { AllocationProfiler } from "../simulator/observers/allocation-profiler"
import type { RunOptions } from "../simulator/run"
import type { SimulatedBoard } from "../simulator/simulated-board"

/** A line of the program, or the line of it that called a library, and what it allocated in a run. */
export interface AllocatingLine {
    /** `src/main.ts:12`, or `(pc 123)` where there is no debug information. */
    place: string
    file?: string
    line?: number
    /** The kinds of block it allocated. */
    types: BlockType[]
    allocations: number
    bytes: number
    /** Simulated time of its last allocation. */
    lastAtMs: number
}

/** A call's own block: every call takes one, and gives it back. */
const CALL_FRAME: BlockType = "activation"

/** Watches one run for the lines that allocate, and when each did last. Changes nothing in the run. */
export class AllocatingLines {
    private readonly profiler = new AllocationProfiler()
    /** By leaf of the profiler's paths. */
    private lastMs = new Float64Array(1024)
    private board: SimulatedBoard | undefined

    constructor(private readonly program: Pick<Program, "debug" | "sourceFolder">) {}

    /** To be given to the run. */
    readonly hooks = {
        observers: [
            this.profiler.allocated,
            (_words, _ctx, _tag, _bytes, address) => this.note(this.profiler.leafAt(address)),
        ],
        moments: [0],
        onMoment: board => {
            this.board = board
        },
    } satisfies Pick<RunOptions, "observers" | "moments" | "onMoment">

    /** What the run showed, heaviest first. Call frames are left out, and what no line of the program asked for. */
    lines(): AllocatingLine[] {
        const { debug, sourceFolder } = this.program
        const { paths } = this.profiler
        const places = new Places(new SourceFrames(SourceMap.of(debug), sourceFolder))
        const lines = new Map<string, AllocatingLine>()
        for (let leaf = 0; leaf < paths.size; leaf++) {
            if (!paths.isLeaf(leaf)) continue
            const type = BLOCK_TYPES[paths.typeOf(leaf)]!
            // What only a library has open, as a timer's next round, no line of the program asked for.
            const own = callsOf(paths, leaf, places).find(call => !call.line.library)
            if (type === CALL_FRAME || !own || own === RUNTIME_PLACE) continue
            const { library: _, ...place } = own.line
            const line = lines.get(place.place) ?? {
                ...place,
                types: [],
                allocations: 0,
                bytes: 0,
                lastAtMs: 0,
            }
            lines.set(place.place, line)
            if (!line.types.includes(type)) line.types.push(type)
            line.allocations += paths.allocations[leaf]!
            line.bytes += paths.bytes[leaf]!
            line.lastAtMs = Math.max(line.lastAtMs, this.lastMs[leaf] ?? 0)
        }
        return [...lines.values()].sort((a, b) => b.bytes - a.bytes || (a.place < b.place ? -1 : 1))
    }

    private note(leaf: number): void {
        if (leaf >= this.lastMs.length) {
            const grown = new Float64Array(2 * leaf)
            grown.set(this.lastMs)
            this.lastMs = grown
        }
        this.lastMs[leaf] = this.board?.nowMs ?? 0
    }
}
