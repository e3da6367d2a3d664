import type { Snapshot } from "../../documents/snapshot"
import type { SourceAbout, WholeHeap } from "../../model/flow"
import { makeSnapshot } from "./make-snapshot"

/** The snapshot of a whole heap, as a source gives it. @param about what the source is of */
export function snapshotOfWhole(heap: WholeHeap, { program, board, vm }: SourceAbout): Snapshot {
    return makeSnapshot({
        ...{ graph: heap.graph, blocks: heap.blocks, locate: heap.locate },
        program: { entry: program.entry, ...heap.program },
        board: { ...board, ...(heap.runs && { heapBytes: heap.runs.heapBytes }) },
        vmVersion: heap.runs?.vmVersion ?? vm.version ?? "",
        taken: { kind: "time", atMs: heap.atMs },
    })
}
