import type { StructureFigures, StructureWorth } from "../../model/events"
import type { HeapGraph } from "../../model/graph/graph"
import type { DebugInfo } from "../../model/program/debug-info"
import { isStructure, structureFigures } from "../advice/structure-figures"
import { objectsByPath } from "../leaks/live-by-path"
import { ObjectPath } from "../leaks/object-path"

/** Of those that count it: what a structure is asked for. */
const KINDS: Readonly<Record<string, StructureWorth["kind"]>> = {
    Interner: "dedupe",
    ResultCache: "hit",
    ObjectPool: "reuse",
    BlockPool: "reuse",
}

/** Whether a program has any of the library's structures: then a look for them is worth its time. */
export function hasStructures(debug: DebugInfo | undefined): boolean {
    return debug?.functions.some(({ name }) => isStructure(name)) ?? false
}

/** The library's structures on a heap, by how the program reaches them: those on each way, in order of the way. */
export function structuresByPath(graph: HeapGraph) {
    return [...objectsByPath(graph, ObjectPath.root())]
        .map(([path, nodes]) => {
            const all = nodes.flatMap(node => {
                const figures = structureFigures(node)
                return figures ? [{ className: node.className, ...figures }] : []
            })
            const refused = all.reduce((sum, figures) => sum + figures.refused, 0)
            return { name: path.text, all, refused }
        })
        .filter(({ all }) => all.length > 0)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The library's structures on a heap, by how the program reaches them, each with what it has been worth; of
 * several on one way the fullest. The agent tells the same of a running board.
 */
export function structuresIn(graph: HeapGraph): StructureFigures[] {
    return structuresByPath(graph).map(({ name, all, refused }) => {
        const [fullest] = all.toSorted((a, b) => b.highWaterMark - a.highWaterMark)
        const { className, capacity, length, highWaterMark, asked, hits } = fullest!
        const kind = KINDS[className]
        return {
            ...{ name, capacity, length, highWaterMark, refused },
            ...(kind && {
                worth: {
                    ...{ kind, asked, hits },
                    ...(kind === "dedupe" && { savedBytes: fullest!.savedBytes }),
                    ...(fullest!.handedBytes > 0 && { wastedBytes: fullest!.wastedBytes }),
                },
            }),
        }
    })
}
