import type { Allocated } from "./allocated"
import type { HandAction } from "./controls"
import type { MemoryEvent } from "./events"
import type { StackFrame } from "./figures"
import type { RunMoment } from "./run-moment"
import type { Visit, VisitRequest } from "./visit"
import type { HeapGraph } from "./graph/graph"
import type { HeapBlock } from "./heap/block"

/** What of a source goes at the head of a recording. */
export interface SourceAbout {
    program: { entry: string }
    board: { id: string; chip: string; heapBytes: number }
    /** Version of DeviceScript, where it is known. */
    vm: { version: string | null }
}

/** What is told only to whoever asks for it, as it takes time to find out. */
export interface Wants {
    /** The heap by address, with every sample. */
    heapMap?: boolean
    /** What the board's displays show, whenever that has changed. */
    displays?: boolean
    /** What of the board's world can be pressed, turned and set, whenever that has changed. */
    controls?: boolean
    /** That any moment of the run can be visited. */
    visits?: boolean
    /** What was allocated, sooner than the next sample would tell. */
    soon?: boolean
}

/** Whatever tells of a board's memory: a simulated board, a real one, a recording. */
export interface Source {
    readonly about: SourceAbout
    /** How the board is reached, for people. */
    readonly how: string
    /**
     * It goes on whether somebody listens or not: whoever is too slow for it must leave something out.
     * Any other source is held back by whoever takes its events.
     */
    readonly isLive?: boolean
    /** What it tells is long past: that a program died is no news. */
    readonly isPast?: boolean
    /**
     * All there is to tell, in order, until it ends or is aborted. Read it once.
     * @throws UserError when the source cannot be reached or read
     */
    events(signal: AbortSignal, wants?: Wants): AsyncIterable<MemoryEvent>
    /** Has the whole heap told of as an event, soon. @returns what to tell whoever asked */
    capture?(): string
    /** What may be done to it besides, while it tells its events. */
    readonly control?: Control
}

/** What may be done to a source: what it cannot do is missing. */
export interface Control {
    /**
     * Goes on from another time of what is past; back to what was told already, everything from the start
     * is told again, without a pause.
     * @param byMs so much later or, negative, earlier: as milliseconds of who watches
     * @returns what to tell whoever asked
     */
    seek?(byMs: number): string
    /**
     * Presses, turns or sets something of the board's world by hand, soon; what cannot be done is told as a
     * line of the log.
     * @returns what to tell whoever asked
     */
    hand?(action: HandAction): string
    /** What the program allocates, from the first asking on: to be asked again within a few seconds. */
    allocated?(): Promise<Allocated>
    /** The report of the run up to now, with advice, as JSON: `heapscope/sim-report@1`. */
    report?(): Promise<string>
    /** What takes the flash of the program, as JSON: `heapscope/size@1`. */
    size?(): string
    /** The types that the program declares, laid out for its board, as JSON: `ProgramLayouts`. */
    layouts?(): Promise<string>
    /** The text of a source of the program, by the name that places have for it. */
    sourceText?(file: string): string | undefined
    /**
     * All that is on the heap, soon, or when its program died: whoever asks waits until the board can be
     * looked at. Looking changes nothing on it.
     * @param at a moment of the run, of a board that can be visited; default: now
     */
    look?(at?: RunMoment): Promise<WholeHeap>
    /**
     * What the board was at any moment of the run, which goes on meanwhile and is not changed.
     * @throws UserError when that moment has not come, or is forgotten
     */
    visit?(request: VisitRequest): Promise<Visit>
}

/** A whole heap at one moment: what a snapshot is made of. */
export interface WholeHeap {
    atMs: number
    /** What runs: its bytecode's size and SHA-256. */
    program: { bytecodeBytes: number; sha256: string }
    graph: HeapGraph
    /** Every block, in order of address; or how much is missing of what a debugger can reach. */
    blocks: readonly HeapBlock[] | { unread: number }
    /** What a real board says of itself, where that is other than what it is taken for. */
    runs?: { heapBytes: number; vmVersion: string }
    /** The source line of a global program counter. */
    locate(pc: number): StackFrame | undefined
}

/** Whatever shows events or keeps them. It knows of no source, and touches no board. */
export interface Sink {
    /** Takes an event. A promise asks to wait before the next one. */
    add(event: MemoryEvent): void | Promise<void>
    /** There are no more events. */
    close(): void | Promise<void>
}
