import type { Board } from "../boards/board"
import { nominalBytes } from "../model/heap/heap-memory"
import type { BoardFacts } from "../link/deploy/board-facts"
import type { HeapReading, ReachableReading } from "../link/heap-image/board-inspector"
import type { Link } from "../link/link"
import { readBoard, type BoardReadingOptions } from "../link/watch/heap-of-board"
import type { Program } from "../model/program/program"
import { makeSnapshot } from "../analysis/snapshot/make-snapshot"
import type { Snapshot } from "../documents/snapshot"
import { knownBoards } from "./known-boards"

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
    options: Omit<BoardReadingOptions, "known">,
): Promise<BoardSnapshot> {
    const { reading, board } = await readBoard(link, { ...options, known: knownBoards() })
    return takenOf(reading, link.address, board, options.program)
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
