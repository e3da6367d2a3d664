import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FixedMap as OnBoard } from "../../src/fixed-map"
import { FixedMap as InNode } from "../../src/node/fixed-map"

// Few keys, some far apart: they collide, wrap round the end of the table and are deleted often.
const keys = fc.constantFrom(0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 200, 233, 253, 254)
const operations = fc.array(
    fc.record({
        op: fc.constantFrom("set" as const, "set" as const, "delete" as const, "clear" as const),
        key: keys,
        value: fc.nat({ max: 0xffffffff }),
    }),
    { maxLength: 120 },
)

describe.each([
    ["the board", OnBoard],
    ["Node", InNode],
])("FixedMap for %s", (_, FixedMap) => {
    test("a fixed map behaves like a Map that turns away new keys when it is full", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 12 }),
                fc.integer({ min: 1, max: 4 }),
                fc.integer({ min: 1, max: 4 }),
                operations,
                (capacity, keyBytes, valueBytes, steps) => {
                    const map = new FixedMap(capacity, keyBytes, valueBytes)
                    const model = new Map<number, number>()
                    const wide = 256 ** (keyBytes - 1)
                    let refused = 0
                    let most = 0
                    for (const step of steps) {
                        const key = step.key * wide
                        const value = step.value % 256 ** valueBytes
                        if (step.op === "set") {
                            const fits = model.has(key) || model.size < capacity
                            if (fits) model.set(key, value)
                            else refused++
                            expect(map.set(key, value)).toBe(fits)
                        } else if (step.op === "delete")
                            expect(map.delete(key)).toBe(model.delete(key))
                        else if (step.value % 4 === 0) {
                            map.clear()
                            model.clear()
                        }
                        most = Math.max(most, model.size)
                        expect(map.get(key)).toBe(model.get(key))
                        expect(map.has(key)).toBe(model.has(key))
                        expect(map.stats()).toEqual({
                            capacity,
                            length: model.size,
                            highWaterMark: most,
                            refused,
                        })
                        expect(map.available()).toBe(capacity - model.size)
                        expect(map.isEmpty()).toBe(model.size === 0)
                        expect(map.isFull()).toBe(model.size === capacity)
                    }
                    const entries: [number, number][] = []
                    map.forEach((value, key) => entries.push([key, value]))
                    const byKey = (a: [number, number], b: [number, number]) => a[0] - b[0]
                    expect(entries.sort(byKey)).toEqual([...model].sort(byKey))
                },
            ),
        )
    })

    test("a full table still finds, misses and replaces", () => {
        const map = new FixedMap(1000, 2, 3)
        for (let key = 0; key < 1000; key++) expect(map.set(key * 64, key)).toBe(true)
        expect(map.isFull()).toBe(true)
        expect([map.set(1, 1), map.refused, map.get(1)]).toEqual([false, 1, undefined])
        for (let key = 0; key < 1000; key++) expect(map.get(key * 64)).toBe(key)
        expect([map.set(64, 7), map.get(64)]).toEqual([true, 7])
    })

    test("wrong use names the argument and its range", () => {
        // 9,172 keys of 5 bytes need 11,466 slots: 57,330 bytes.
        expect(new FixedMap(9172, 2, 3).capacity).toBe(9172)
        expect(() => new FixedMap(9173, 2, 3)).toThrow(
            new RangeError("capacity must be an integer from 1 to 9172, got 9173"),
        )
        expect(() => new FixedMap(0, 2, 3)).toThrow(RangeError)
        expect(() => new FixedMap(4, 5, 3)).toThrow(
            "keyBytes must be an integer from 1 to 4, got 5",
        )
        expect(() => new FixedMap(4, 2, 0)).toThrow(
            "valueBytes must be an integer from 1 to 4, got 0",
        )
        const map = new FixedMap(4, 1, 2)
        for (const key of [-1, 255, 0.5, Number.NaN]) {
            const error = new RangeError(`key must be an integer from 0 to 254, got ${key}`)
            expect(() => map.set(key, 0)).toThrow(error)
            expect(() => map.get(key)).toThrow(error)
            expect(() => map.has(key)).toThrow(error)
            expect(() => map.delete(key)).toThrow(error)
        }
        expect(() => map.get("1" as unknown as number)).toThrow(TypeError)
        expect(() => map.set(0, 65_536)).toThrow(
            "value must be an integer from 0 to 65535, got 65536",
        )
        expect(map.length).toBe(0)
    })
})

test("Node's has its entries in the order of the board's", () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 40 }), operations, (capacity, steps) => {
            const maps = [new OnBoard(capacity, 2, 4), new InNode(capacity, 2, 4)] as const
            for (const { op, key, value } of steps)
                for (const map of maps)
                    if (op === "set") map.set(key * 251, value)
                    else if (op === "delete") map.delete(key * 251)
            const [onBoard, inNode] = maps.map(map => {
                const entries: number[] = []
                map.forEach((value, key) => entries.push(key, value))
                return entries
            })
            expect(inNode).toEqual(onBoard)
        }),
    )
})
