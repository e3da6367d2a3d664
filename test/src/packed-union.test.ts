import * as fc from "fast-check"
import { expect, test } from "vitest"
import {
    packedUnion,
    unionCapacity,
    unionClear,
    unionLarge,
    unionLength,
    unionPayload,
    unionPop,
    unionPush,
    unionPushLarge,
    unionSet,
    unionStats,
    unionTag,
    UNION_START,
} from "../../src/packed-union"

/** A record as the model has it: its payload's first byte, or its value in the side table. */
type Model = { tag: number; payload: number } | { tag: number; large: string }

const operations = fc.array(
    fc.record({
        op: fc.constantFrom("push", "push", "large", "set", "pop"),
        tag: fc.nat(127),
        value: fc.nat(255),
    }),
    { maxLength: 60 },
)

test("a packed union behaves like an array of variants of which few are large", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 6 }),
            fc.integer({ min: 1, max: 5 }),
            fc.integer({ min: 0, max: 3 }),
            operations,
            (capacity, payloadBytes, places, steps) => {
                const union = packedUnion(capacity, payloadBytes)
                const side = new Array<string | undefined>(places)
                const model: Model[] = []
                let [refused, most] = [0, 0]
                for (const { op, tag, value } of steps) {
                    const full = model.length === capacity
                    const large = model.filter(record => "large" in record).length
                    if (op === "push") {
                        const start = unionPush(union, tag)
                        expect(start === undefined).toBe(full)
                        if (start === undefined) refused++
                        else {
                            union[start] = value
                            model.push({ tag, payload: value })
                        }
                    } else if (op === "large") {
                        const room = !full && large < places
                        expect(unionPushLarge(union, side, tag, `text ${value}`)).toBe(room)
                        if (room) model.push({ tag, large: `text ${value}` })
                        else refused++
                    } else if (op === "set" && model.length > 0) {
                        const index = value % model.length
                        union[unionSet(union, side, index, tag)] = value
                        model[index] = { tag, payload: value }
                    } else if (op === "pop")
                        expect(unionPop(union, side)).toBe(model.pop() !== undefined)
                    most = Math.max(most, model.length)
                    expect(unionLength(union)).toBe(model.length)
                    model.forEach((record, i) => {
                        expect(unionTag(union, i)).toBe(record.tag)
                        const start = unionPayload(union, i)
                        if ("large" in record) {
                            expect(start).toBeUndefined()
                            expect(unionLarge(union, side, i)).toBe(record.large)
                        } else {
                            expect(start).toBe(UNION_START + i * (1 + payloadBytes) + 1)
                            expect(union[start!]).toBe(record.payload)
                            expect(unionLarge(union, side, i)).toBeUndefined()
                        }
                    })
                    expect(side.filter(text => text !== undefined).length).toBe(
                        model.filter(record => "large" in record).length,
                    )
                }
                expect(unionStats(union)).toEqual({
                    capacity,
                    length: model.length,
                    highWaterMark: most,
                    refused,
                })
                unionClear(union, side)
                expect([unionLength(union), unionCapacity(union)]).toEqual([0, capacity])
                expect(side.every(text => text === undefined)).toBe(true)
            },
        ),
    )
})
