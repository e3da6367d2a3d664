import type { GraphNode } from "../../model/graph/graph"
import type { ObjectsByPath } from "./live-by-path"
import { heaviestLines, type Line, type LineOf } from "./heaviest-lines"
import type { ObjectPath } from "./object-path"

/** What holds most of a heap, as the program reaches it. */
export interface HeaviestPath {
    path: string
    /** Of it, and of all that is reached through it. */
    bytes: number
    /** Elements, entries, characters or bytes in it, all such objects together. */
    items: number
    example: GraphNode
    /** The line that made it, or made it grow; unknown without debug information. */
    filledAt: Line | undefined
    /** The line that made most of its bytes, with all that is in it. */
    madeAt: Line | undefined
}

/** A part of something that holds less than this share of it is not what it is about. */
const MOST = 0.6

/**
 * The container that holds most: from the variable that does, on to what in it has
 * most of that, as far as one thing has.
 */
export function heaviestPath(objects: ObjectsByPath, lineOf: LineOf): HeaviestPath | undefined {
    const bytes = new Map<ObjectPath, number>()
    for (const [path, nodes] of objects) {
        const own = nodes.reduce((sum, node) => sum + node.bytes, 0)
        for (let at: ObjectPath | undefined = path; at; at = at.parent)
            bytes.set(at, (bytes.get(at) ?? 0) + own)
    }
    let best: ObjectPath | undefined
    for (const [path, held] of bytes) {
        if (!path.parent || !objects.get(path)?.some(isContainer)) continue
        const most = best && bytes.get(best)!
        // The outermost, unless nearly all of it is in one part.
        const isPart = best !== undefined && path.isThrough(step => step === best)
        if (
            most === undefined ||
            held > most ||
            (isPart && held >= most * MOST && isLonger(objects, path, best!))
        )
            best = path
    }
    if (!best) return undefined
    const nodes = objects.get(best)!
    const grown = nodes.map(({ storage, storagePc, bytes, pc }) =>
        storage ? { pc: storagePc, bytes: storage.bytes } : { pc, bytes },
    )
    // What an object's constructor adds to it was wanted where the object was.
    const inside = [...objects].flatMap(([path, found]) =>
        path !== best && path.isThrough(step => step === best)
            ? found.map(({ pc, bytes }) => ({ pc, bytes }))
            : [],
    )
    return {
        path: best.text,
        bytes: bytes.get(best)!,
        items: nodes.reduce((sum, { length = 0 }) => sum + length, 0),
        example: nodes[0]!,
        filledAt: heaviestLines(grown, lineOf)[0],
        madeAt: heaviestLines([...grown, ...inside], lineOf)[0],
    }
}

function isContainer({ isRuntime, kind, type }: GraphNode): boolean {
    return kind === "block" && !isRuntime && type !== undefined
}

function isLonger(objects: ObjectsByPath, path: ObjectPath, than: ObjectPath): boolean {
    const items = (one: ObjectPath) =>
        (objects.get(one) ?? []).reduce((sum, { length = 0 }) => sum + length, 0)
    const count = (one: ObjectPath) => objects.get(one)?.length ?? 0
    return count(path) === count(than) && items(path) >= items(than)
}
