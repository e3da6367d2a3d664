import type { StructureUse } from "../../documents/check/figures"
import type { HeapGraph } from "../../model/graph/graph"
import { structuresByPath } from "../outcome/structures-in-use"

/** The library's structures on a heap, by how the program reaches them; of several on one way the fullest. */
export function structureUses(graph: HeapGraph): StructureUse[] {
    return structuresByPath(graph).map(({ name, all, refused }) => ({
        ...{ name, kind: all[0]!.className, refused },
        highWaterMark: Math.max(...all.map(figures => figures.highWaterMark)),
    }))
}
