import type { Board } from "../boards/board"
import { findBoardOfProduct } from "../boards/node/find-board"
import { nominalBytes } from "../model/heap/heap-memory"
import type { BoardFacts } from "../link/deploy/board-facts"
import {
    BoardInspector,
    type HeapReading,
    type ReachableReading,
} from "../link/heap-image/board-inspector"
import type { BoardHeap } from "../link/heap-image/read-heap"
import type { Link } from "../link/link"
import { formatBytesExact } from "../base/format-units"
import type { WholeHeap } from "../model/flow"
import type { Program } from "../model/program/program"
import { loadVm } from "../simulator/node/load-vm"
import { idleHeap } from "../simulator/idle-heap"
import { simulatedHeap } from "../simulator/simulated-heap"
import { makeSnapshot } from "../analysis/snapshot/make-snapshot"
import type { Snapshot } from "../documents/snapshot"

export interface BoardSnapshotOptions {
    /** What the board is said to be. */
    board: Board
    /** What runs on it, if known: without it objects have no names. */
    program: Program | undefined
    signal?: AbortSignal
    /** Told while the program stands still, once its heap is read whole. */
    onRead?: (heap: BoardHeap) => void
    /** Told what there is to say beside the snapshot, in a sentence. */
    onNotice?: (text: string) => void
}

/** A snapshot of a real board, and what it took. */
export interface BoardSnapshot {
    snapshot: Snapshot
    /** How long the program stood still, in milliseconds. */
    haltedMs: number
}

/**
 * Takes a snapshot of the board behind an open link: the program stands still while its heap is read.
 * A board that somebody left halted is let go first, and told of.
 * A program without the agent is shown as far as the debugger can reach.
 * @throws UserError when it cannot be taken
 */
export async function snapshotOfBoard(
    link: Link,
    options: BoardSnapshotOptions,
): Promise<BoardSnapshot> {
    const { reading, board } = await readBoard(link, options)
    return takenOf(reading, link.address, board, options.program)
}

/** The same as a sink gets it. @param atMs when that is, for whoever watches */
export async function heapOfBoard(
    link: Link,
    options: BoardSnapshotOptions,
    atMs: () => number,
): Promise<WholeHeap> {
    const { reading, board } = await readBoard(link, options)
    const { facts } = reading
    const isWhole = "heap" in reading
    const heapBytes = isWhole ? nominalBytes(reading.heap.figures().capacityBytes) : board.heapBytes
    return {
        atMs: atMs(),
        program: { bytecodeBytes: facts.programBytes, sha256: facts.sha256 },
        graph: isWhole ? reading.heap.graph(options.program?.debug) : reading.graph,
        blocks: isWhole ? reading.heap.blocks() : { unread: reading.unread },
        runs: { heapBytes, vmVersion: facts.runtimeVersion },
        locate: () => undefined,
    }
}

async function readBoard(
    link: Link,
    { board, program, signal, onNotice, onRead }: BoardSnapshotOptions,
): Promise<{ reading: HeapReading | ReachableReading; board: Board }> {
    const inspector = await BoardInspector.find(link, signal)
    try {
        if (await inspector.releaseIfLeft())
            onNotice?.("the board had been left halted by a debugger: it goes on now")
        const { productId } = await inspector.facts()
        const answers = findBoardOfProduct(productId) ?? board
        const vm = loadVm()
        // Before the program stands still.
        const simulated =
            program && !hasAgent(program)
                ? await simulatedHeap(vm, program, answers, signal)
                : undefined
        const reading = await inspector.readHeapOrReach({
            ...{ heapBytes: answers.heapBytes, program, simulated },
            idleBytes: idleHeap(vm, answers).usedBytes,
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

function takenOf(
    reading: HeapReading | ReachableReading,
    address: string,
    board: Board,
    program: Program | undefined,
): BoardSnapshot {
    return "heap" in reading
        ? {
              snapshot: snapshotOf(reading, address, board, program),
              haltedMs: reading.heap.haltedMs,
          }
        : {
              snapshot: snapshotOfReachable(reading, address, board, program),
              haltedMs: reading.haltedMs,
          }
}

function snapshotOf(
    { heap, facts }: HeapReading,
    address: string,
    { id, chip }: Board,
    program: Program | undefined,
): Snapshot {
    const heapBytes = nominalBytes(heap.figures().capacityBytes)
    return makeSnapshot({
        ...subject(facts, address, program),
        board: { id, chip, heapBytes },
        graph: heap.graph(program?.debug),
        blocks: heap.blocks(),
    })
}

function snapshotOfReachable(
    { graph, unread, facts }: ReachableReading,
    address: string,
    { id, chip, heapBytes }: Board,
    program: Program | undefined,
): Snapshot {
    return makeSnapshot({
        ...subject(facts, address, program),
        board: { id, chip, heapBytes },
        graph,
        blocks: { unread },
    })
}

/** What a snapshot is of. */
function subject(facts: BoardFacts, address: string, program: Program | undefined) {
    return {
        program: {
            entry: program?.entry ?? address,
            bytecodeBytes: facts.programBytes,
            sha256: facts.sha256,
        },
        vmVersion: facts.runtimeVersion,
        taken: { kind: "time" as const, atMs: facts.uptimeMs },
        locate: () => undefined,
    }
}
