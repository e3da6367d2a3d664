import * as fc from "fast-check"
import { expect, test } from "vitest"
import { OverwritingRecordRing } from "../../src/overwriting-record-ring"
import { RecordRing } from "../../src/record-ring"

const operations = fc.array(
    fc.record({
        op: fc.constantFrom("push" as const, "push" as const, "shift" as const, "clear" as const),
        bytes: fc.uint8Array({ minLength: 7, maxLength: 7 }),
    }),
    { maxLength: 80 },
)

const forms = [
    ["RecordRing", RecordRing, false],
    ["OverwritingRecordRing", OverwritingRecordRing, true],
] as const

test.each(forms)("%s behaves like a bounded array of records", (_, Ring, overwrites) => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 6 }),
            fc.integer({ min: 1, max: 7 }),
            operations,
            (capacity, recordBytes, steps) => {
                const ring = new Ring(capacity, recordBytes)
                const record = (start: number) => [
                    ...ring.buffer.subarray(start, start + recordBytes),
                ]
                const model: number[][] = []
                let lost = 0
                let most = 0
                for (const step of steps) {
                    if (step.op === "push") {
                        const full = model.length === capacity
                        if (full) lost++
                        if (full && overwrites) model.shift()
                        const start = ring.push()
                        if (full && !overwrites) expect(start).toBe(-1)
                        else {
                            const bytes = step.bytes.subarray(0, recordBytes)
                            ring.buffer.set(bytes, start)
                            model.push([...bytes])
                        }
                    } else if (step.op === "shift") {
                        const start = ring.shift()
                        const expected = model.shift()
                        if (expected) expect(record(start)).toEqual(expected)
                        else expect(start).toBe(-1)
                    } else {
                        ring.clear()
                        model.length = 0
                    }
                    most = Math.max(most, model.length)
                    expect(model.map((_, i) => record(ring.at(i)))).toEqual(model)
                    expect(ring.peek()).toBe(model.length === 0 ? -1 : ring.at(0))
                    expect(ring.stats()).toEqual({
                        capacity,
                        length: model.length,
                        highWaterMark: most,
                        [overwrites ? "overwritten" : "refused"]: lost,
                    })
                    expect(ring.available()).toBe(capacity - model.length)
                    expect(ring.isEmpty()).toBe(model.length === 0)
                    expect(ring.isFull()).toBe(model.length === capacity)
                }
            },
        ),
    )
})

test.each(forms)("%s says what is wrong with an argument", (_, Ring) => {
    expect(() => new Ring(0, 3)).toThrow("capacity must be an integer from 1 to 19110, got 0")
    expect(() => new Ring(19_111, 3)).toThrow(RangeError)
    expect(() => new Ring(1, 0)).toThrow("recordBytes must be an integer from 1 to 57332, got 0")
    expect(() => new Ring(1, 57_333)).toThrow(RangeError)
    expect(() => new Ring(1, "3" as unknown as number)).toThrow(TypeError)
    const ring = new Ring(2, 3)
    ring.push()
    for (const index of [1, -1, 0.5]) expect(() => ring.at(index)).toThrow(RangeError)
})
