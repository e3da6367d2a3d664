import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fieldSizes, sortedBytes, type Run } from "../../../../host/analysis/advice/struct-layout"

const SIZE = fc.constantFrom(1, 2, 4, 8)
const alignUp = (offset: number, to: number) => Math.ceil(offset / to) * to

/** Where a C compiler puts fields of these sizes, and the whole struct's bytes. */
function layOut(sizes: number[]): { runs: Run[]; bytes: number } {
    const runs: Run[] = []
    let end = 0
    for (const size of sizes) {
        const at = alignUp(end, size)
        runs.push({ at, length: size })
        end = at + size
    }
    return { runs, bytes: alignUp(end, Math.max(...sizes)) }
}

describe("fieldSizes", () => {
    test("tells a gap from the high bytes of small numbers, as far as the layout tells", () => {
        // urgent u8, id u32, priority u8, customer u32, takeout u8, table u16
        const runs = [
            { at: 0, length: 1 },
            { at: 4, length: 2 },
            { at: 8, length: 1 },
            { at: 12, length: 2 },
            { at: 16, length: 1 },
            { at: 18, length: 1 },
        ]
        expect(fieldSizes(runs, 20)).toEqual([1, 4, 1, 4, 1, 2])
    })

    test("finds the sizes of fields that are all full", () => {
        fc.assert(
            fc.property(fc.array(SIZE, { minLength: 1, maxLength: 8 }), sizes => {
                const { runs, bytes } = layOut(sizes)
                expect(fieldSizes(runs, bytes)).toEqual(sizes)
            }),
        )
    })

    test("is undefined for data that no such struct has", () => {
        expect(fieldSizes([{ at: 1, length: 4 }], 8)).toBeUndefined()
        expect(fieldSizes([{ at: 0, length: 1 }], 7)).toBeUndefined()
        const many = Array.from({ length: 20 }, (_, i) => ({ at: 2 * i, length: 1 }))
        expect(fieldSizes(many, 40)).toBeUndefined()
    })
})

test("sorting never takes more than any other order of the fields", () => {
    fc.assert(
        fc.property(fc.array(SIZE, { minLength: 1, maxLength: 8 }), sizes => {
            expect(sortedBytes(sizes)).toBeLessThanOrEqual(layOut(sizes).bytes)
        }),
    )
})
