import * as fc from "fast-check"
import { expect, test } from "vitest"
import { FixedDeque } from "../../src/fixed-deque"
import { RingBuffer as InNode } from "../../src/node/ring-buffer"
import { OverwritingRingBuffer } from "../../src/overwriting-ring-buffer"
import { RingBuffer as OnBoard } from "../../src/ring-buffer"

const widths = fc.integer({ min: 1, max: 4 })
const capacities = fc.integer({ min: 1, max: 9 })
const operations = fc.array(
    fc.oneof(
        fc.record({ op: fc.constant("push" as const), value: fc.nat({ max: 0xffffffff }) }),
        fc.record({ op: fc.constant("unshift" as const), value: fc.nat({ max: 0xffffffff }) }),
        fc.record({ op: fc.constantFrom("shift" as const, "pop" as const, "peek" as const) }),
        fc.record({ op: fc.constant("clear" as const) }),
    ),
    { maxLength: 80 },
)

test.each([
    ["the board", OnBoard],
    ["Node", InNode],
])(
    "a ring buffer for %s behaves like an array that turns away what does not fit",
    (_, RingBuffer) => {
        fc.assert(
            fc.property(capacities, widths, operations, (capacity, width, ops) => {
                const ring = new RingBuffer(capacity, width)
                const model: number[] = []
                let refused = 0
                let most = 0
                for (const step of ops) {
                    if (step.op === "push") {
                        const value = step.value % 256 ** width
                        const fits = model.length < capacity
                        if (fits) model.push(value)
                        else refused++
                        expect(ring.push(value)).toBe(fits)
                    } else if (step.op === "unshift") {
                        const value = step.value % 256 ** width
                        const fits = model.length < capacity
                        if (fits) model.unshift(value)
                        else refused++
                        expect(ring.unshift(value)).toBe(fits)
                    } else if (step.op === "pop") expect(ring.pop()).toBe(model.pop())
                    else if (step.op === "shift") expect(ring.shift()).toBe(model.shift())
                    else if (step.op === "peek") expect(ring.peek()).toBe(model[0])
                    else {
                        ring.clear()
                        model.length = 0
                    }
                    most = Math.max(most, model.length)
                    expect(model.map((_, i) => ring.get(i))).toEqual(model)
                    expect(ring.stats()).toEqual({
                        capacity,
                        length: model.length,
                        highWaterMark: most,
                        refused,
                    })
                    expect(ring.available()).toBe(capacity - model.length)
                    expect(ring.isEmpty()).toBe(model.length === 0)
                    expect(ring.isFull()).toBe(model.length === capacity)
                }
            }),
        )
    },
)

test("an overwriting ring buffer keeps the newest values", () => {
    fc.assert(
        fc.property(capacities, widths, operations, (capacity, width, ops) => {
            const ring = new OverwritingRingBuffer(capacity, width)
            const model: number[] = []
            let overwritten = 0
            let most = 0
            for (const step of ops) {
                if (step.op === "unshift" || step.op === "pop") continue
                if (step.op === "push") {
                    const value = step.value % 256 ** width
                    if (model.push(value) > capacity) {
                        model.shift()
                        overwritten++
                    }
                    ring.push(value)
                } else if (step.op === "shift") expect(ring.shift()).toBe(model.shift())
                else if (step.op === "peek") expect(ring.peek()).toBe(model[0])
                else {
                    ring.clear()
                    model.length = 0
                }
                most = Math.max(most, model.length)
                expect(model.map((_, i) => ring.get(i))).toEqual(model)
                expect(ring.stats()).toEqual({
                    capacity,
                    length: model.length,
                    highWaterMark: most,
                    overwritten,
                })
                expect(ring.available()).toBe(capacity - model.length)
                expect(ring.isEmpty()).toBe(model.length === 0)
                expect(ring.isFull()).toBe(model.length === capacity)
            }
        }),
    )
})

const forms = [
    ["RingBuffer", OnBoard],
    ["RingBuffer for Node", InNode],
    ["OverwritingRingBuffer", OverwritingRingBuffer],
] as const

test.each(forms)("%s holds the least and the greatest value of each width", (_, Ring) => {
    for (const width of [1, 2, 3, 4]) {
        const ring = new Ring(2, width)
        ring.push(256 ** width - 1)
        ring.push(0)
        expect([ring.shift(), ring.shift(), ring.shift()]).toEqual([256 ** width - 1, 0, undefined])
    }
})

test("a deque is the ring buffer used from both ends", () => {
    const deque = new FixedDeque(3, 1)
    deque.push(2)
    deque.unshift(1)
    deque.push(3)
    expect([deque.unshift(0), deque.refused]).toEqual([false, 1])
    expect([deque.pop(), deque.shift(), deque.pop(), deque.pop()]).toEqual([3, 1, 2, undefined])
    expect(() => deque.unshift(256)).toThrow("value must be an integer from 0 to 255, got 256")
})

test.each(forms)("%s takes the largest buffer a board can give, and no more", (_, Ring) => {
    expect(new Ring(19_110, 3).capacity).toBe(19_110)
    expect(() => new Ring(19_111, 3)).toThrow(
        new RangeError("capacity must be an integer from 1 to 19110, got 19111"),
    )
    expect(() => new Ring(57_333, 1)).toThrow(RangeError)
})

test.each(forms)("%s says what is wrong with an argument", (_, Ring) => {
    expect(() => new Ring(0, 1)).toThrow("capacity must be an integer from 1 to 57332, got 0")
    expect(() => new Ring(-3, 1)).toThrow(RangeError)
    expect(() => new Ring(2.5, 1)).toThrow(RangeError)
    expect(() => new Ring(Number.NaN, 1)).toThrow(RangeError)
    expect(() => new Ring("8" as unknown as number, 1)).toThrow(TypeError)
    expect(() => new Ring(8, 0)).toThrow("elementBytes must be an integer from 1 to 4, got 0")
    expect(() => new Ring(8, 5)).toThrow(RangeError)

    const ring = new Ring(1, 3)
    for (const value of [-1, 0x1000000, 1.5, Number.NaN, Infinity])
        expect(() => ring.push(value)).toThrow(
            new RangeError(`value must be an integer from 0 to 16777215, got ${value}`),
        )
    expect(() => ring.push("7" as unknown as number)).toThrow(TypeError)
    expect(() => new Ring(1, 4).push(2 ** 32)).toThrow(RangeError)
    expect(ring.length).toBe(0)

    ring.push(7)
    for (const index of [1, -1, 0.5]) expect(() => ring.get(index)).toThrow(RangeError)
})

test.each(forms)("%s fills the caller's object with its figures", (_, Ring) => {
    const ring = new Ring(3, 1)
    const into = ring.stats()
    ring.push(1)
    expect(ring.stats(into as never)).toBe(into)
    expect(into.length).toBe(1)
})
