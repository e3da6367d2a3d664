import { expect, test } from "vitest"
import type { Advice } from "../../../../host/documents/advice"
import { mergeAdvice } from "../../../../host/analysis/advice/merge-advice"

const at = (line: number) => ({ function: "main", file: "src/main.ts", line, column: 5 })
const list = (line: number, elements: number): Advice => ({
    ...{ lesson: "heap", what: `a list of ${elements} elements`, at: at(line), count: 1 },
    instead: `make the list as large as it will be; a FixedVector takes ${elements * 2} B`,
    live: { before: elements * 8, after: elements * 2 },
    peak: { before: elements * 16, after: elements * 2 },
    formula: `4 + 8 x ${elements}`,
})

test("what says the same of the same line is one advice, with the sum of all", () => {
    const merged = mergeAdvice([list(4, 100), list(4, 200), list(4, 300), list(9, 50)])
    expect(merged).toHaveLength(2)
    expect(merged[0]).toMatchObject({
        what: "a list of 100 elements, and 2 more like it",
        count: 3,
        live: { before: 4800, after: 1200 },
        peak: { before: 4800, after: 600 },
    })
    expect(merged[1]).toEqual(list(9, 50))
})

test("of one line, different advice stays apart", () => {
    const other = { ...list(4, 100), lesson: "packed", instead: "keep the numbers in a Buffer" }
    expect(mergeAdvice([list(4, 100), other])).toHaveLength(2)
})
