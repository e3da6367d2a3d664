import { posix } from "node:path"
import type { GraphNode } from "../../../model/graph/graph"
import type { StackFrame } from "../../../model/figures"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { sanitize } from "../../../base/sanitize"
import { fitEnd } from "./text-layout"

/**
 * The line that made most of these objects: for one that grew, the line that last made it grow. Empty
 * when the VM made them, or nobody knows.
 */
export function placeText(view: SnapshotView, nodes: readonly GraphNode[], width: number): string {
    const counts = new Map<number, number>()
    for (const node of nodes) {
        const { allocatedAt, grownAt } = view.documentOf(node)
        const at = grownAt ?? allocatedAt
        if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1)
    }
    const [most] = [...counts].sort(([, a], [, b]) => b - a)
    const place = most && view.snapshot.places[most[0]]
    return place ? placeOf(place, width) : ""
}

/** A line of the program by its file's name: `main.ts:12`. */
export function placeOf({ file, line }: Pick<StackFrame, "file" | "line">, width: number): string {
    return fitEnd(sanitize(`${posix.basename(file)}:${line}`), width)
}
