import type { BlockType } from "../../model/heap/block"
import type { MemoryEvent } from "../../model/events"
import { typeOf } from "../../model/heap/walk"
import type { Program } from "../../model/program/program"
import { SimulatedBoard } from "../../simulator/simulated-board"

/**
 * What a program prints (see `test/vm/programs/measure/operate.ts`): a structure's name after this
 * word; then the name of an operation right before it and `DONE` right after it.
 */
const STRUCTURE = "structure "
const DONE = "done"
/** The name under which 10,000 operations are done. */
const STEADY = "steady"
/** Before the name of an operation that is documented to allocate. */
const ALLOCATING = "allocating "
/** The first structure of each program: it does nothing, so it tells what operating itself takes. */
const NOTHING = "nothing"

const HEAP_BYTES = 64 * 1024
const SEED = 1
/** Simulated time in which a program must have come to its end, in milliseconds. */
const LIMIT_MS = 600_000

/** Blocks and bytes by type, call frames apart. */
export type Allocations = Partial<Record<BlockType, { blocks: number; bytes: number }>>

const NONE = { blocks: 0, bytes: 0 }

/** What was allocated and executed between two moments. */
export interface OperationCost {
    name: string
    /** Bytes of the call frames made, one after another or inside each other. */
    frameBytes: number
    /** Bytecode instructions. They do not see what built-in functions take. */
    instructions: number
    /** What else was allocated. */
    allocations: Allocations
}

/** What a structure's operations take, each without the calling of it. */
export interface StructureCosts {
    structure: string
    operations: OperationCost[]
    /** Operations that are documented to allocate. */
    allocating: OperationCost[]
    /** 10,000 of the others, one after the other and over again, with pauses. */
    steady: OperationCost
}

/**
 * Runs a program that puts structures through their operations, and counts every allocation.
 * @throws Error when it does not come to its end
 */
export function operationCosts(module: WebAssembly.Module, program: Program): StructureCosts[] {
    const recorder = new CostRecorder()
    const board = new RecordedBoard(module, recorder)
    board.load(program.bytecode)
    board.runUntil(LIMIT_MS)
    if (board.death) throw new Error(`${program.entry} died with panic ${board.death.code}`)

    const [nothing, ...structures] = recorder.structures
    if (nothing?.structure !== NOTHING || structures.some(({ steady }) => steady === undefined))
        throw new Error(`${program.entry} did not come to its end`)
    return structures.map(({ structure, operations, allocating, steady }) => ({
        structure,
        operations: operations.map(cost => difference(cost, nothing.operations[0]!)),
        allocating: allocating.map(cost => difference(cost, nothing.allocating[0]!)),
        steady: difference(steady!, nothing.steady!),
    }))
}

type Recorded = Omit<StructureCosts, "steady"> & { steady?: OperationCost }

/** Follows what the program says it does, and what it allocates meanwhile. */
class CostRecorder {
    readonly structures: Recorded[] = []
    private cost = costOf("", 0)

    printed(text: string, instructions: number): void {
        if (text.startsWith(STRUCTURE))
            this.structures.push({
                structure: text.slice(STRUCTURE.length),
                operations: [],
                allocating: [],
            })
        else if (text === DONE) this.done(instructions)
        else this.cost = costOf(text, instructions)
    }

    allocated(type: BlockType, bytes: number): void {
        if (type === "activation") this.cost.frameBytes += bytes
        else {
            const sum = (this.cost.allocations[type] ??= { blocks: 0, bytes: 0 })
            sum.blocks++
            sum.bytes += bytes
        }
    }

    private done(instructions: number): void {
        const cost = { ...this.cost, instructions: instructions - this.cost.instructions }
        this.cost = costOf("", 0)
        const structure = this.structures.at(-1)
        if (cost.name === STEADY) structure!.steady = cost
        else if (cost.name.startsWith(ALLOCATING))
            structure!.allocating.push({ ...cost, name: cost.name.slice(ALLOCATING.length) })
        else structure!.operations.push(cost)
    }
}

function costOf(name: string, instructions: number): OperationCost {
    return { name, frameBytes: 0, instructions, allocations: {} }
}

/** A board whose every line and allocation goes to a recorder. */
class RecordedBoard extends SimulatedBoard {
    constructor(
        module: WebAssembly.Module,
        private readonly recorder: CostRecorder,
    ) {
        const onEvent = (event: MemoryEvent) => {
            if (event.kind === "log" && event.level !== "runtime")
                recorder.printed(event.text, this.instructions)
        }
        super(module, { heapBytes: HEAP_BYTES, seed: SEED, onEvent })
    }

    override allocated(gc: number, tag: number, size: number, address: number): void {
        super.allocated(gc, tag, size, address)
        this.recorder.allocated(typeOf(tag), size)
    }
}

/** A cost without what operating itself takes. */
function difference(cost: OperationCost, nothing: OperationCost): OperationCost {
    const allocations: Allocations = {}
    const types = new Set([...Object.keys(cost.allocations), ...Object.keys(nothing.allocations)])
    for (const type of types as Set<BlockType>) {
        const all = cost.allocations[type] ?? NONE
        const own = nothing.allocations[type] ?? NONE
        if (all.blocks !== own.blocks || all.bytes !== own.bytes)
            allocations[type] = { blocks: all.blocks - own.blocks, bytes: all.bytes - own.bytes }
    }
    return {
        name: cost.name,
        frameBytes: cost.frameBytes - nothing.frameBytes,
        instructions: cost.instructions - nothing.instructions,
        allocations,
    }
}
