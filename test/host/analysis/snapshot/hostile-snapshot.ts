import type { SnapshotNode } from "../../../../host/documents/snapshot"
import { small } from "./small-snapshot"

type Edges = SnapshotNode["edges"]

/** A snapshot of `count` objects, from 1 on, each holding what is told. */
export function snapshotOf(
    count: number,
    edgesOf: (id: number) => Edges,
    bytesOf = (_: number) => 16,
) {
    const {
        nodes: [root],
        ...rest
    } = small()
    const nodes: SnapshotNode[] = [{ ...root!, bytes: 0, edges: [edge(1)] }]
    for (let id = 1; id <= count; id++)
        nodes.push({
            id,
            kind: "block",
            type: "map" as const,
            address: 0x1000 + id * 16,
            bytes: bytesOf(id),
            class: `C${id % 3}`,
            name: `C${id % 3}`,
            retainedBytes: 0,
            path: `at${id}`,
            edges: edgesOf(id),
        })
    const liveBytes = nodes.reduce((sum, { bytes }) => sum + bytes, 0)
    return {
        ...rest,
        places: [],
        nodes,
        heap: { reach: "debugger" as const, liveBytes, runtimeBytes: 0, unread: 0 },
        blocks: [],
    }
}

/** A reference to an object. */
export function edge(to: number, name = "next", kind: Edges[number]["kind"] = "property") {
    return { to, kind, name }
}
