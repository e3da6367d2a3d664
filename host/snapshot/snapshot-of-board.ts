import type { Board } from "../board/board"
import { HEAP_OVERHEAD_BYTES } from "../heap/heap-memory"
import { BoardInspector, type BoardLook } from "../link/board-inspector"
import type { Link } from "../link/link"
import { formatBytesExact } from "../report/units"
import type { Program } from "../vm/build"
import { makeSnapshot } from "./make-snapshot"
import type { Snapshot } from "./snapshot"

export interface BoardSnapshotOptions {
    /** What the board is said to be. */
    board: Board
    /** What runs on it, if known: without it objects have no names. */
    program: Program | undefined
    signal?: AbortSignal
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
 * @throws UserError when it cannot be taken; `NoWindowError` when the program has no agent
 */
export async function snapshotOfBoard(
    link: Link,
    { board, program, signal, onNotice }: BoardSnapshotOptions,
): Promise<BoardSnapshot> {
    const inspector = await BoardInspector.find(link, signal)
    try {
        if (await inspector.releaseIfLeft())
            onNotice?.("the board had been left halted by a debugger: it goes on now")
        const look = await inspector.look({
            heapBytes: board.heapBytes,
            program,
            ...(signal && { signal }),
        })
        const snapshot = snapshotOf(look, link.address, board, program)
        const { heapBytes } = snapshot.board
        if (heapBytes !== board.heapBytes)
            onNotice?.(
                `the board's heap has ${formatBytesExact(heapBytes)}, not the ${formatBytesExact(board.heapBytes)} of ${board.id}: say which board it is with --board`,
            )
        // A packet that came late might have halted the program again.
        await inspector.releaseIfLeft()
        return { snapshot, haltedMs: look.heap.haltedMs }
    } finally {
        inspector.close()
    }
}

function snapshotOf(
    { heap, facts }: BoardLook,
    address: string,
    board: Board,
    program: Program | undefined,
): Snapshot {
    const { capacityBytes } = heap.figures()
    return makeSnapshot({
        program: {
            entry: program?.entry ?? address,
            bytecodeBytes: facts.programBytes,
            sha256: facts.sha256,
        },
        board: { id: board.id, chip: board.chip, heapBytes: capacityBytes + HEAP_OVERHEAD_BYTES },
        vmVersion: facts.runtimeVersion,
        taken: { kind: "time", atMs: facts.uptimeMs },
        graph: heap.graph(program?.debug),
        blocks: heap.blocks(),
        locate: () => undefined,
    })
}
