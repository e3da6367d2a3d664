import * as fc from "fast-check"
import { expect, test } from "vitest"
import { FixedVector } from "../../src/fixed-vector"

const at = fc.nat({ max: 20 })
const value = fc.nat({ max: 0xffffffff })
const operations = fc.array(
    fc.oneof(
        fc.record({ op: fc.constant("push" as const), at, value }),
        fc.record({ op: fc.constant("insert" as const), at, value }),
        fc.record({ op: fc.constant("set" as const), at, value }),
        fc.record({
            op: fc.constantFrom(
                "pop" as const,
                "remove" as const,
                "swapRemove" as const,
                "truncate" as const,
                "clear" as const,
            ),
            at,
            value,
        }),
    ),
    { maxLength: 80 },
)

test("a fixed vector behaves like an array that turns away what does not fit", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 9 }),
            fc.integer({ min: 1, max: 4 }),
            operations,
            (capacity, width, steps) => {
                const vector = new FixedVector(capacity, width)
                let model: number[] = []
                let refused = 0
                let most = 0
                for (const step of steps) {
                    const value = step.value % 256 ** width
                    const index = step.at % (model.length + 1)
                    const fits = model.length < capacity
                    if (step.op === "push" || step.op === "insert") {
                        const where = step.op === "push" ? model.length : index
                        if (fits) model.splice(where, 0, value)
                        else refused++
                        expect(
                            step.op === "push" ? vector.push(value) : vector.insert(index, value),
                        ).toBe(fits)
                    } else if (step.op === "pop") expect(vector.pop()).toBe(model.pop())
                    else if (step.op === "clear") {
                        vector.clear()
                        model = []
                    } else if (step.op === "truncate") {
                        const length = Math.min(step.at, model.length)
                        vector.truncate(length)
                        model = model.slice(0, length)
                    } else if (index < model.length) {
                        if (step.op === "set") {
                            vector.set(index, value)
                            model[index] = value
                        } else if (step.op === "remove")
                            expect(vector.remove(index)).toBe(model.splice(index, 1)[0])
                        else {
                            expect(vector.swapRemove(index)).toBe(model[index])
                            const last = model.pop() as number
                            if (index < model.length) model[index] = last
                        }
                    }
                    most = Math.max(most, model.length)
                    expect(model.map((_, i) => vector.get(i))).toEqual(model)
                    expect(vector.indexOf(value)).toBe(model.indexOf(value))
                    expect(vector.stats()).toEqual({
                        capacity,
                        length: model.length,
                        highWaterMark: most,
                        refused,
                    })
                    expect(vector.available()).toBe(capacity - model.length)
                    expect(vector.isEmpty()).toBe(model.length === 0)
                    expect(vector.isFull()).toBe(model.length === capacity)
                }
            },
        ),
    )
})

test("wrong use names the argument and its range", () => {
    expect(() => new FixedVector(0, 1)).toThrow("capacity must be an integer from 1 to 57332")
    expect(() => new FixedVector(19_111, 3)).toThrow(RangeError)
    expect(() => new FixedVector(1, 5)).toThrow("elementBytes must be an integer from 1 to 4")

    const vector = new FixedVector(2, 1)
    for (const wrong of [-1, 256, 0.5, Number.NaN])
        expect(() => vector.push(wrong)).toThrow(
            new RangeError(`value must be an integer from 0 to 255, got ${wrong}`),
        )
    expect(() => vector.push("1" as unknown as number)).toThrow(TypeError)
    expect(vector.length).toBe(0)

    vector.push(1)
    expect(() => vector.set(0, 256)).toThrow(RangeError)
    for (const index of [1, -1, 0.5]) {
        expect(() => vector.get(index)).toThrow(RangeError)
        expect(() => vector.set(index, 0)).toThrow(RangeError)
        expect(() => vector.remove(index)).toThrow(RangeError)
        expect(() => vector.swapRemove(index)).toThrow(RangeError)
    }
    for (const index of [2, -1, 0.5]) expect(() => vector.insert(index, 0)).toThrow(RangeError)
    expect(() => vector.truncate(-1)).toThrow("length must be an integer from 0 to 1, got -1")
})
