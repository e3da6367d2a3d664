import type { BoardTime, PlaceTime } from "../model/board-time"
import { boardTimeOf, boardTimeSince, noBoardTime } from "../model/board-time"
import type { StackUse } from "../model/figures"
import {
    ALLOCATING,
    CELL_SHIFT,
    CELLS,
    COLLECTING,
    isCounting,
    TURNS,
    WORK_GLOBALS,
} from "./work-cells"

type Global = WebAssembly.Global<"i32">
type WorkGlobals = Record<(typeof WORK_GLOBALS)[keyof typeof WORK_GLOBALS], Global>

/** Units of work. */
interface Work {
    running: number
    allocating: number
    collecting: number
}

/** What was counted, as data: work, and how near the program came to the VM's limits. */
export interface WorkState extends Work {
    stack: StackUse
    /** Places in the bytecode that did anything. */
    ran: number[]
}

/** Reads what an instrumented VM has counted of its program's work. One without counters counts nothing. */
export class WorkCounter {
    private readonly cells: Uint32Array
    private readonly globals: WorkGlobals | undefined
    /** What was counted before this machine went on from somewhere. */
    private before: Work = { running: 0, allocating: 0, collecting: 0 }
    private ranBefore: ReadonlySet<number> = new Set()
    /** No program that has run was longer, in bytes. */
    private longest = 0

    constructor(memory: WebAssembly.Memory, exports: object) {
        const counts = isCounting(exports)
        this.cells = new Uint32Array(memory.buffer, counts ? CELLS : 0, counts ? undefined : 0)
        this.globals = counts ? (exports as WorkGlobals) : undefined
    }

    /**
     * To be told before a program runs: no place behind its end is looked at. Memory that nothing has
     * touched is not there until somebody reads it, and all places take 2 MiB.
     * @param bytes length of the program
     */
    holds(bytes: number): void {
        if (bytes > this.longest) this.longest = bytes
    }

    /** All of the program's work since power-on, by what it was. */
    get time(): BoardTime {
        const { running, allocating, collecting } = this.sum()
        return boardTimeOf(running, allocating, collecting)
    }

    /**
     * What each place in the bytecode that did anything did since power-on, or since the machine went on
     * from somewhere. Rounded so that the sum of all is `time`, to the last digit.
     */
    *places(): Generator<PlaceTime> {
        const { cells } = this
        let [running, allocating, collecting] = [0, 0, 0]
        let told = noBoardTime()
        for (const pc of this.placesThatRan()) {
            const at = cellOf(pc)
            running += numberAt(cells, at)
            allocating += numberAt(cells, at + ALLOCATING / 4)
            collecting += numberAt(cells, at + COLLECTING / 4)
            const time = boardTimeOf(running, allocating, collecting)
            yield { pc, time: boardTimeSince(told, time) }
            told = time
        }
    }

    get stack(): StackUse {
        const { globals } = this
        return {
            deepestCall: globals?.[WORK_GLOBALS.deepestCall].value ?? 0,
            mostFrameBytes: globals?.[WORK_GLOBALS.mostFrameBytes].value ?? 0,
            longestTurn: globals?.[WORK_GLOBALS.longestTurn].value ?? 0,
        }
    }

    /** Turns that the program has had, as 32 bits: NaN before the first, and where they are not counted. */
    get turns(): number {
        return this.cells[(TURNS - CELLS) >>> 2] || NaN
    }

    /** Whether the instruction at a place in the bytecode has run since power-on. */
    hasRun(pc: number): boolean {
        return this.ranBefore.has(pc) || numberAt(this.cells, cellOf(pc)) > 0
    }

    save(): WorkState {
        return {
            ...this.sum(),
            stack: this.stack,
            ran: [...this.ranBefore, ...this.placesThatRan()],
        }
    }

    /** Goes on from what was counted. */
    restore({ stack, ran, ...before }: WorkState): void {
        this.cells.fill(0)
        this.before = before
        this.ranBefore = new Set(ran)
        const { globals } = this
        if (!globals) return
        globals[WORK_GLOBALS.cell].value = CELLS
        globals[WORK_GLOBALS.deepestCall].value = stack.deepestCall
        globals[WORK_GLOBALS.mostFrameBytes].value = stack.mostFrameBytes
        globals[WORK_GLOBALS.longestTurn].value = stack.longestTurn
    }

    /**
     * Without a call where nothing has run, as in most places: a run asks three times, and most commands are
     * over before it is compiled.
     */
    private sum(): Work {
        const { cells, end } = this
        let { running, allocating, collecting } = this.before
        for (let pc = 1; pc < end; pc++) {
            const at = pc << (CELL_SHIFT - 2)
            if (cells[at] === 0 && cells[at + 1] === 0) continue
            running += numberAt(cells, at)
            allocating += numberAt(cells, at + ALLOCATING / 4)
            collecting += numberAt(cells, at + COLLECTING / 4)
        }
        return { running, allocating, collecting }
    }

    /** Whatever an instruction has done, it ran: most places hold nothing. */
    private placesThatRan(): number[] {
        const places: number[] = []
        const { cells, end } = this
        for (let pc = 1; pc < end; pc++) {
            const at = pc << (CELL_SHIFT - 2)
            if (cells[at] !== 0 || cells[at + 1] !== 0) places.push(pc)
        }
        return places
    }

    /** Behind the last place that can have run. */
    private get end(): number {
        return Math.min(this.cells.length >>> (CELL_SHIFT - 2), this.longest, 0x10000)
    }
}

/** Where a place's numbers begin, in words. */
function cellOf(pc: number): number {
    return pc << (CELL_SHIFT - 2)
}

function numberAt(cells: Uint32Array, at: number): number {
    return cells[at]! + cells[at + 1]! * 2 ** 32
}
