import { BLOCK_TYPES } from "../../model/heap/block"
import { addBoardTime, noBoardTime, type BoardTime, type PlaceTime } from "../../model/board-time"
import { CallTree } from "./call-tree"
import { addCost, heaviestFirst, noCost, type Cost, type Order } from "../../documents/cost"
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

/** By leaf of a path tree: what of its blocks is live at the end, or was dropped soon. */
export interface LiveByLeaf {
    bytes: Float64Array
    blocks: Float64Array
}

/** What the leaves of a path tree hold besides. */
export interface LeafFigures {
    live: LiveByLeaf
    /** What was dropped soon, where that was looked for. */
    temporary?: LiveByLeaf | undefined
}

/**
 * Charges what the leaves of a path tree hold to lines, to functions and to a tree of calls, and what
 * places took of time to lines and functions.
 * @param by what lines and functions are sorted by; the tree, which knows no time, then by bytes
 */
export function foldProfile(
    paths: PathTree,
    { live, temporary }: LeafFigures,
    times: Iterable<PlaceTime>,
    places: Places,
    by: Order,
): ProfileFigures {
    const total = noCost()
    const lines = new Map<LinePlace, LineCost>()
    const functions = new Map<FunctionPlace, FunctionCost>()
    const tree = new CallTree(paths, places)

    const lineCost = (place: LinePlace): LineCost =>
        getOr(lines, place, () => ({
            ...{ ...place, own: noCost(), self: noCost(), types: {} },
            boardTime: noBoardTime(),
        }))
    const functionCost = (place: FunctionPlace): FunctionCost =>
        getOr(functions, place, () => ({
            ...{ ...place, self: noCost(), total: noCost() },
            boardTime: noBoardTime(),
        }))

    for (let leaf = 0; leaf < paths.size; leaf++) {
        if (!paths.isLeaf(leaf)) continue
        const cost: Cost = {
            bytes: paths.bytes[leaf]!,
            allocations: paths.allocations[leaf]!,
            liveBytes: live.bytes[leaf]!,
            liveBlocks: live.blocks[leaf]!,
            ...(temporary && {
                temporaryBytes: temporary.bytes[leaf] ?? 0,
                temporaryBlocks: temporary.blocks[leaf] ?? 0,
            }),
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

    for (const { pc, time } of times) {
        const place = places.at(pc)
        addBoardTime(lineCost(place.line).boardTime, time)
        addBoardTime(functionCost(place.function).boardTime, time)
    }

    const metric = by === "time" ? "allocated" : by
    const heaviestLines = heaviestFirst(
        lines.values(),
        metric,
        line => line.own,
        line => line.place,
    )
    const heaviestFunctions = heaviestFirst(
        functions.values(),
        metric,
        ({ self }) => self,
        functionName,
    )
    return {
        total,
        lines: by === "time" ? slowestFirst(heaviestLines) : heaviestLines,
        functions: by === "time" ? slowestFirst(heaviestFunctions) : heaviestFunctions,
        tree: tree.finish(metric),
    }
}

/** What takes the same time stays in its order. */
function slowestFirst<T extends { boardTime: BoardTime }>(items: readonly T[]): T[] {
    return items.toSorted((a, b) => b.boardTime.ms - a.boardTime.ms)
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
