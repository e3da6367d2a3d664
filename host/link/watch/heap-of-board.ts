import { formatBytesExact, formatDuration } from "../../base/format-units"
import type { Board } from "../../boards/board"
import type { WholeHeap } from "../../model/flow"
import { nominalBytes } from "../../model/heap/heap-memory"
import type { Program } from "../../model/program/program"
import {
    BoardInspector,
    type HeapReading,
    type ReachableReading,
} from "../heap-image/board-inspector"
import type { BoardHeap } from "../heap-image/read-heap"
import type { Link } from "../link"
import type { KnownBoards } from "./known-boards"

export interface BoardReadingOptions {
    /** What the board is said to be. */
    board: Board
    /** What runs on it, if known: without it objects have no names. */
    program: Program | undefined
    known: KnownBoards
    signal?: AbortSignal
    /** Told while the program stands still, once its heap is read whole. */
    onRead?: (heap: BoardHeap) => void
    /** Told what there is to say beside the snapshot, in a sentence. */
    onNotice?: (text: string) => void
}

/** The heap of the board behind an open link, as a sink gets it. @param atMs when that is, for whoever watches */
export async function heapOfBoard(
    link: Link,
    options: BoardReadingOptions,
    atMs: () => number,
): Promise<WholeHeap> {
    const { reading, board } = await readBoard(link, options)
    const { facts } = reading
    const isWhole = "heap" in reading
    const heapBytes = isWhole ? nominalBytes(reading.heap.figures().capacityBytes) : board.heapBytes
    const haltedMs = isWhole ? reading.heap.haltedMs : reading.haltedMs
    options.onNotice?.(
        `snapshot: the program stood still for ${formatDuration(Math.round(haltedMs))}`,
    )
    return {
        atMs: atMs(),
        program: { bytecodeBytes: facts.programBytes, sha256: facts.sha256 },
        graph: isWhole ? reading.heap.graph(options.program?.debug) : reading.graph,
        blocks: isWhole ? reading.heap.blocks() : { unread: reading.unread },
        runs: { heapBytes, vmVersion: facts.runtimeVersion },
        locate: () => undefined,
    }
}

/**
 * Reads the heap of the board behind an open link, whole or as far as the debugger can reach.
 * @throws UserError when it cannot be read
 */
export async function readBoard(
    link: Link,
    { board, program, known, signal, onNotice, onRead }: BoardReadingOptions,
): Promise<{ reading: HeapReading | ReachableReading; board: Board }> {
    const inspector = await BoardInspector.find(link, signal)
    try {
        if (await inspector.releaseIfLeft())
            onNotice?.("the board had been left halted by a debugger: it goes on now")
        const { productId } = await inspector.facts()
        const answers = known.ofProduct(productId) ?? board
        // Before the program stands still.
        const simulated =
            program && !hasAgent(program)
                ? await known.simulated?.(answers, program, signal)
                : undefined
        const reading = await inspector.readHeapOrReach({
            ...{ heapBytes: answers.heapBytes, program, simulated },
            idleBytes: known.idle(answers).usedBytes,
            ...(signal && { signal }),
            ...(onRead && { onRead }),
        })
        const heapBytes =
            "heap" in reading
                ? nominalBytes(reading.heap.figures().capacityBytes)
                : answers.heapBytes
        if (heapBytes !== board.heapBytes)
            onNotice?.(
                `the board's heap has ${formatBytesExact(heapBytes)}, not the ${formatBytesExact(board.heapBytes)} of ${board.id}: say which board it is with --board`,
            )
        // A packet that came late might have halted the program again.
        await inspector.releaseIfLeft()
        return { reading, board: answers }
    } finally {
        inspector.close()
    }
}

/** The agent's variable, by which its window is found: without it there is none to be read through. */
function hasAgent({ debug }: Program): boolean {
    return debug !== undefined && debug.globals.some(({ name }) => name === "windowFromHere")
}
