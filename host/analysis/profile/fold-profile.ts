import { BLOCK_TYPES } from "../../model/heap/block"
import { CallTree } from "./call-tree"
import { addCost, heaviestFirst, noCost, type Cost, type Metric } from "../../documents/cost"
import { OTHER_PATHS, ROOT, type PathTree } from "./path-tree"
import {
    functionName,
    RUNTIME_PLACE,
    type LinePlace,
    type Place,
    type Places,
} from "./source-places"
import type {
    FunctionCost,
    FunctionPlace,
    LineCost,
    ProfileFigures,
} from "../../documents/profile-report"

/** By leaf of a path tree: what it allocated that is live at the end. */
export interface LiveByLeaf {
    bytes: Float64Array
    blocks: Float64Array
}

/** Charges what the leaves of a path tree hold to lines, to functions and to a tree of calls. */
export function foldProfile(
    paths: PathTree,
    live: LiveByLeaf,
    places: Places,
    by: Metric,
): ProfileFigures {
    const total = noCost()
    const lines = new Map<LinePlace, LineCost>()
    const functions = new Map<FunctionPlace, FunctionCost>()
    const tree = new CallTree(paths, places)

    const lineCost = (place: LinePlace): LineCost =>
        getOr(lines, place, () => ({ ...place, own: noCost(), self: noCost(), types: {} }))
    const functionCost = (place: FunctionPlace): FunctionCost =>
        getOr(functions, place, () => ({ ...place, self: noCost(), total: noCost() }))

    for (let leaf = 0; leaf < paths.size; leaf++) {
        if (!paths.isLeaf(leaf)) continue
        const cost: Cost = {
            bytes: paths.bytes[leaf]!,
            allocations: paths.allocations[leaf]!,
            liveBytes: live.bytes[leaf]!,
            liveBlocks: live.blocks[leaf]!,
        }
        const type = BLOCK_TYPES[paths.typeOf(leaf)]!
        const calls = callsOf(paths, leaf, places)
        const innermost = calls[0]!
        const own = calls.find(call => !call.line.library) ?? innermost
        addCost(total, cost)
        addCost(lineCost(innermost.line).self, cost)
        const charged = lineCost(own.line)
        addCost(charged.own, cost)
        addCost((charged.types[type] ??= noCost()), cost)
        addCost(functionCost(innermost.function).self, cost)
        for (const open of new Set(calls.map(call => call.function)))
            addCost(functionCost(open).total, cost)
        tree.add(leaf, type, innermost.line.line, cost)
    }

    return {
        total,
        lines: heaviestFirst(
            lines.values(),
            by,
            line => line.own,
            line => line.place,
        ),
        functions: heaviestFirst(functions.values(), by, ({ self }) => self, functionName),
        tree: tree.finish(by),
    }
}

/** The calls that were open, innermost first; the runtime alone when none was. */
export function callsOf(paths: PathTree, leaf: number, places: Places): Place[] {
    const calls: Place[] = []
    for (
        let node = paths.parents[leaf]!;
        node !== ROOT && node !== OTHER_PATHS;
        node = paths.parents[node]!
    )
        calls.push(places.at(paths.labels[node]!))
    return calls.length > 0 ? calls : [RUNTIME_PLACE]
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
    let value = map.get(key)
    if (value === undefined) map.set(key, (value = make()))
    return value
}
