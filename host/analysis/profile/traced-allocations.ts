import { BLOCK_TYPES } from "../../model/heap/block"
import { callsOf } from "./fold-profile"
import type { PathTree } from "./path-tree"
import type { Place, Places } from "./source-places"

/** An allocation of a trace: when it was, what was made, and the calls that were open. */
export interface TracedAllocation {
    atMs: number
    bytes: number
    type: string
    /** Innermost first; the same list for all of one path. */
    calls: readonly Place[]
}

/** Names the calls of allocations that are known by the leaf of a path tree. */
export function traceAllocations(
    noted: readonly { atMs: number; bytes: number; leaf: number }[],
    paths: PathTree,
    places: Places,
): TracedAllocation[] {
    const known = new Map<number, readonly Place[]>()
    return noted.map(({ atMs, bytes, leaf }) => {
        const calls = known.get(leaf) ?? callsOf(paths, leaf, places)
        known.set(leaf, calls)
        return { atMs, bytes, type: BLOCK_TYPES[paths.typeOf(leaf)]!, calls }
    })
}
