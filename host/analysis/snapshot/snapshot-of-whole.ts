import type { Snapshot } from "../../documents/snapshot"
import type { SourceAbout, WholeHeap } from "../../model/flow"
import { makeSnapshot } from "./make-snapshot"

/** The snapshot of a whole heap, as a source gives it. @param about what the source is of */
export function snapshotOfWhole(heap: WholeHeap, { program, board, vm }: SourceAbout): Snapshot {
    const { id, chip, heapBytes } = board
    return makeSnapshot({
        ...{ graph: heap.graph, blocks: heap.blocks, locate: heap.locate },
        program: { entry: program.entry, ...heap.program },
        // A source may know more of its board than a snapshot says.
        board: { id, chip, heapBytes: heap.runs?.heapBytes ?? heapBytes },
        vmVersion: heap.runs?.vmVersion ?? vm.version ?? "",
        taken: { kind: "time", atMs: heap.atMs },
    })
}
