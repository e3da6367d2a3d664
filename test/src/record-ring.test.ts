import * as fc from "fast-check"
import { expect, test } from "vitest"
import { OverwritingRecordRing } from "../../src/overwriting-record-ring"
import { RecordRing } from "../../src/record-ring"
import { U8 } from "../../src/byte-fields"

const operations = fc.array(
    fc.record({
        op: fc.constantFrom("push", "push", "reserve", "set", "shift", "pop", "clear"),
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
                        if (full && !overwrites) expect(start).toBeUndefined()
                        else {
                            const bytes = step.bytes.subarray(0, recordBytes)
                            ring.buffer.set(bytes, start as number)
                            model.push([...bytes])
                        }
                    } else if (step.op === "shift") {
                        expect(ring.shift()).toBe(model.shift() !== undefined)
                    } else if (step.op === "pop") {
                        expect(ring.pop()).toBe(model.pop() !== undefined)
                    } else if (step.op === "reserve") {
                        // What is written there does not count, however far it gets.
                        const full = model.length === capacity
                        if (full) lost++
                        if (full && overwrites) model.shift()
                        const place = ring.reserve()
                        if (full && !overwrites) expect(place).toBeUndefined()
                        else ring.buffer.set(step.bytes.subarray(0, recordBytes), place as number)
                    } else if (step.op === "set") {
                        if (model.length === 0) continue
                        const [first = 0] = step.bytes
                        ring.set(model.length - 1, U8, first)
                        model.at(-1)![0] = first
                        expect(ring.get(model.length - 1, U8)).toBe(first)
                    } else {
                        ring.clear()
                        model.length = 0
                    }
                    most = Math.max(most, model.length)
                    expect(model.map((_, i) => record(ring.start(i)))).toEqual(model)
                    const [oldest, newest] = [ring.peek(), ring.newest()]
                    expect(oldest).toBe(model.length === 0 ? undefined : ring.start(0))
                    if (newest !== undefined) expect(record(newest)).toEqual(model.at(-1))
                    const starts: number[] = []
                    ring.forEach(start => starts.push(start))
                    expect(starts).toEqual(model.map((_, i) => ring.start(i)))
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
    for (const index of [1, -1, 0.5]) expect(() => ring.start(index)).toThrow(RangeError)
})
