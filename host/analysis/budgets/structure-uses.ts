import { ObjectPath } from "../leaks/object-path"
import { objectsByPath } from "../leaks/live-by-path"
import { structureFigures } from "../advice/structure-figures"
import type { StructureUse } from "../../documents/check/figures"
import type { HeapGraph } from "../../model/graph/graph"

/** The library's structures on a heap, by how the program reaches them; of several on one way the fullest. */
export function structureUses(graph: HeapGraph): StructureUse[] {
    const uses: StructureUse[] = []
    for (const [path, nodes] of objectsByPath(graph, ObjectPath.root())) {
        const found = nodes.flatMap(node => {
            const figures = structureFigures(node)
            return figures ? [{ node, ...figures }] : []
        })
        const [first] = found
        if (!first) continue
        uses.push({
            ...{ name: path.text, kind: first.node.className },
            highWaterMark: Math.max(...found.map(({ highWaterMark }) => highWaterMark)),
            refused: found.reduce((sum, { refused }) => sum + refused, 0),
        })
    }
    return uses.sort((a, b) => (a.name < b.name ? -1 : 1))
}
