import * as fc from "fast-check"
import { expect, test } from "vitest"
import { Fused } from "../../src/fused"

const step = fc.oneof(
    fc.record({ kind: fc.constant("filter" as const), by: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant("map" as const), by: fc.integer({ min: -9, max: 9 }) }),
)

test("a pipeline gives what filter and map on arrays give", () => {
    fc.assert(
        fc.property(
            fc.array(fc.nat(1000), { maxLength: 30 }),
            fc.array(step, { maxLength: 8 }),
            (source, steps) => {
                let fused = new Fused<number>()
                let model = source
                for (const { kind, by } of steps) {
                    const keep = (value: number) => value % by === 0
                    const change = (value: number) => value + by
                    fused = kind === "filter" ? fused.filter(keep) : fused.map(change)
                    model = kind === "filter" ? model.filter(keep) : model.map(change)
                }
                const each: number[] = []
                fused.forEach(source, value => each.push(value))
                expect(each).toEqual(model)
                expect(fused.sum(source)).toBe(model.reduce((sum, value) => sum + value, 0))
                expect(fused.count(source)).toBe(model.length)
                expect(fused.some(source)).toBe(model.length > 0)
                expect(fused.first(source)).toBe(model[0])
                expect(fused.reduce(source, (text, value) => text + value, "")).toBe(model.join(""))
            },
        ),
    )
})

test("it runs over buffers and over the numbers below n", () => {
    const double = new Fused<number>().map(value => 2 * value)
    expect(double.sum(Buffer.from([1, 2, 3]))).toBe(12)
    expect(double.sum(4)).toBe(12)
})

test("it goes over the source once and stops as soon as it can", () => {
    const seen: number[] = []
    const fused = new Fused<number>()
        .map(value => {
            seen.push(value)
            return value
        })
        .filter(value => value > 1)
    expect(fused.some([1, 2, 3])).toBe(true)
    expect(fused.first([4, 5])).toBe(4)
    expect(seen).toEqual([1, 2, 4])
})

test("31 steps are the most", () => {
    let fused = new Fused<number>()
    for (let i = 0; i < 31; i++) fused = fused.filter(value => value !== i)
    expect(fused.count(40)).toBe(9)
    expect(() => fused.map(value => value)).toThrow(
        new RangeError("a pipeline must have at most 31 steps"),
    )
    expect(() => fused.filter(() => true)).toThrow(RangeError)
    expect(fused.count(40)).toBe(9)
})
