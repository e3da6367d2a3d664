import fc from "fast-check"
import { expect, it } from "vitest"
import { layoutBoxes } from "../../../../host/sinks/svg/layout-boxes"

it("has each bit in one box, with the fields that use it, and no box over the end of a row", () => {
    const field = fc.record({
        name: fc.string(),
        at: fc.integer({ min: 0, max: 90 }),
        bits: fc.integer({ min: 1, max: 60 }),
    })
    const fields = fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: 8 })
    fc.assert(
        fc.property(fields, fc.constantFrom(32, 64, 128), (some, bitsARow) => {
            const bits = 160
            const used = Array.from({ length: bits }, (): string[][] => [])
            for (const { row, at, bits: length, fields } of layoutBoxes(some, bits, bitsARow)) {
                expect(at + length).toBeLessThanOrEqual(bitsARow)
                for (let i = 0; i < length; i++) used[row * bitsARow + at + i]!.push(fields)
            }
            expect(used).toEqual(
                used.map((_, bit) => [
                    some
                        .filter(({ at, bits }) => at <= bit && bit < at + bits)
                        .map(({ name }) => name),
                ]),
            )
        }),
        { numRuns: 50 },
    )
})
