import type { Allocated, AllocatedPath, OpenCall } from "../../model/allocated"
import { BLOCK_TYPES } from "../../model/heap/block"
import { callsOf, type LiveByLeaf } from "./fold-profile"
import type { PathTree } from "./path-tree"
import { RUNTIME_PLACE, type Place, type Places } from "./source-places"

/** More than anybody looks at: the others are told by type of block alone. */
const MAX_PATHS = 1500

/** What the leaves of a path tree hold, with the names of their calls. */
export function allocatedPaths(
    paths: PathTree,
    live: LiveByLeaf,
    places: Places,
): Pick<Allocated, "calls" | "paths"> {
    const calls: OpenCall[] = []
    const known = new Map<string, number>()
    const indexOf = (place: Place): number => {
        const call = openCall(place)
        const key = JSON.stringify(call)
        let index = known.get(key)
        if (index === undefined) known.set(key, (index = calls.push(call) - 1))
        return index
    }
    const leaves: number[] = []
    for (let leaf = 0; leaf < paths.size; leaf++) if (paths.isLeaf(leaf)) leaves.push(leaf)
    leaves.sort((a, b) => paths.bytes[b]! - paths.bytes[a]! || a - b)
    const costOf = (leaf: number): AllocatedPath => ({
        calls: [],
        type: BLOCK_TYPES[paths.typeOf(leaf)]!,
        bytes: paths.bytes[leaf]!,
        allocations: paths.allocations[leaf]!,
        liveBytes: live.bytes[leaf]!,
        liveBlocks: live.blocks[leaf]!,
    })
    const told = leaves.slice(0, MAX_PATHS).map(leaf => ({
        ...costOf(leaf),
        calls: callsOf(paths, leaf, places)
            .filter(place => place !== RUNTIME_PLACE)
            .map(indexOf),
    }))
    const rest = new Map<string, AllocatedPath>()
    for (const cost of leaves.slice(MAX_PATHS).map(costOf)) {
        const sum = rest.get(cost.type)
        if (!sum) rest.set(cost.type, cost)
        else
            for (const figure of ["bytes", "allocations", "liveBytes", "liveBlocks"] as const)
                sum[figure] += cost[figure]
    }
    return { calls, paths: [...told, ...rest.values()] }
}

function openCall({ function: { function: name, file, line }, line: at }: Place): OpenCall {
    return {
        function: name,
        ...(file !== undefined && line !== undefined && { declared: { file, line } }),
        ...(at.file !== undefined &&
            at.line !== undefined && {
                at: { file: at.file, line: at.line },
            }),
        library: at.library,
    }
}
