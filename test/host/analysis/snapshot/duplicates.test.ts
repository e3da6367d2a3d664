import { expect, it } from "vitest"
import { duplicatesIn } from "../../../../host/analysis/snapshot/duplicates"
import type { GraphNode } from "../../../../host/model/graph/graph"

const node = (id: number, rest: Partial<GraphNode>): GraphNode => ({
    ...{ id, kind: "block", type: "string", address: 16 * id, bytes: 20, className: "string" },
    ...{ name: "string", isRuntime: false, edges: [], ...rest },
})
const bytes = (...data: number[]) => ({ type: "buffer", data: Uint8Array.from(data) }) as const

it("tells what is there more than once, what wastes most first, and not what only looks alike", () => {
    const found = duplicatesIn({
        nodes: [
            node(0, { text: "table" }),
            node(1, { text: "0a0b" }),
            node(2, { text: "table", bytes: 24 }),
            node(3, { ...bytes(10, 11), length: 2, bytes: 100 }),
            node(4, { ...bytes(10, 11), length: 2, bytes: 100 }),
            node(5, { ...bytes(10, 11), length: 900, bytes: 912 }),
            node(6, { ...bytes(10, 11), length: 900, bytes: 912 }),
            node(7, { text: "table", isRuntime: true }),
            node(8, { text: "table", bytes: 28 }),
            node(9, { type: "map" }),
            node(10, { type: "map" }),
        ],
    })
    expect(found.map(({ contents, nodes, wastedBytes }) => [contents, nodes.length, wastedBytes]))
        // One of them has to stay: the first is as good as any.
        .toEqual([
            ["0a0b", 2, 100],
            ["table", 3, 52],
        ])
})
