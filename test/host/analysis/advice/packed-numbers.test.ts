import { expect, test } from "vitest"
import type { GraphNode, GraphScalar } from "../../../../host/model/graph/graph"
import { widthOf } from "../../../../host/analysis/advice/rules/packed-numbers"

const list = (...scalars: Omit<GraphScalar, "name">[]): GraphNode => ({
    ...{ id: 1, kind: "block", isRuntime: false, address: 64, bytes: 100, type: "array" },
    ...{
        name: "",
        className: "Array",
        edges: [],
        length: scalars.length,
        capacity: scalars.length,
    },
    scalars: scalars.map((scalar, i) => ({ name: `${i}`, ...scalar })),
})
const number = (value: number) => ({ kind: "number", value }) as const

test("bytes that whole numbers fit into", () => {
    expect(widthOf(list(number(0), number(255)))).toBe(1)
    expect(widthOf(list(number(-129)))).toBe(2)
    expect(widthOf(list(number(70_000)))).toBe(4)
    expect(widthOf(list(number(0.5)))).toBeUndefined()
})

test("a list of functions is none of numbers, though each has an index", () => {
    expect(widthOf(list({ kind: "function", value: 3 }, { kind: "function", value: 4 }))).toBe(
        undefined,
    )
})
