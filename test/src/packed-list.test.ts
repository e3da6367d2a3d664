import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readField, U24 } from "../../src/byte-fields"
import {
    listGet,
    listAvailable,
    listClear,
    listLength,
    listPop,
    listPush,
    listSet,
    listStats,
    listSwapRemove,
    LIST_START,
    packedList,
} from "../../src/packed-list"

const OPERATION = fc.record({
    kind: fc.constantFrom("push", "push", "push", "set", "pop", "swapRemove", "clear"),
    index: fc.nat(9),
    value: fc.oneof(fc.nat(3), fc.nat(0xffffffff)),
})

describe("PackedList", () => {
    test("does what a plain array does, at any width", () => {
        const run = fc.record({
            bytes: fc.integer({ min: 1, max: 4 }),
            operations: fc.array(OPERATION, { size: "medium" }),
        })
        fc.assert(
            fc.property(run, ({ bytes, operations }) => {
                const list = packedList(8, bytes)
                const plain: number[] = []
                let highWaterMark = 0
                let refused = 0
                for (const { kind, index, value: any } of operations) {
                    const value = any % 256 ** bytes
                    if (kind === "push") {
                        expect(listPush(list, value)).toBe(plain.length < 8)
                        if (plain.length < 8) plain.push(value)
                        else refused++
                    } else if (kind === "pop") {
                        expect(listPop(list)).toBe(plain.pop())
                    } else if (kind === "clear") {
                        listClear(list)
                        plain.length = 0
                    } else if (index >= plain.length) {
                        expect(() => listSet(list, index, value)).toThrow(RangeError)
                        expect(() => listSwapRemove(list, index)).toThrow(RangeError)
                    } else if (kind === "set") {
                        listSet(list, index, value)
                        plain[index] = value
                    } else {
                        const removed = plain[index]
                        const last = plain.pop() as number
                        if (index < plain.length) plain[index] = last
                        expect(listSwapRemove(list, index)).toBe(removed)
                    }
                    highWaterMark = Math.max(highWaterMark, plain.length)
                    expect(plain.map((_, index) => listGet(list, index))).toEqual(plain)
                    expect(listStats(list)).toEqual({
                        capacity: 8,
                        length: plain.length,
                        highWaterMark,
                        refused,
                    })
                    expect(listAvailable(list)).toBe(8 - plain.length)
                }
            }),
        )
    })

    test("is one buffer, values first", () => {
        const list = packedList(1000, 3)
        expect(list.length).toBe(3007)
        for (let i = 0; i < 1000; i++) listPush(list, 0xffffff - i)
        expect(listPush(list, 0)).toBe(false)
        expect(readField(list, LIST_START + 3 * 999, U24)).toBe(0xffffff - 999)
    })

    test("counts what it refuses, up to 65,535", () => {
        const list = packedList(1, 1)
        listPush(list, 1)
        for (let i = 0; i < 65_540; i++) listPush(list, 2)
        expect(listStats(list).refused).toBe(65_535)
        expect(listLength(list)).toBe(1)
        expect(listGet(list, 0)).toBe(1)
    })

    test("wrong use is refused by name", () => {
        const list = packedList(2, 3)
        listPush(list, 5)
        for (const value of [0x1000000, -1, 0.5]) {
            const error = new RangeError(
                `value must be an integer from 0 to 16777215, got ${value}`,
            )
            expect(() => listPush(list, value)).toThrow(error)
            expect(() => listSet(list, 0, value)).toThrow(error)
        }
        listPush(list, 6)
        expect(() => listPush(list, -1)).toThrow(RangeError)
        expect(() => listGet(list, 2)).toThrow(/index .* below the length 2, got 2/)
        expect(() => listGet(list, 0.5)).toThrow(RangeError)
        expect(() => listPush(list, "1" as unknown as number)).toThrow(TypeError)
        expect(listStats(list)).toEqual({
            capacity: 2,
            length: 2,
            highWaterMark: 2,
            refused: 0,
        })
        expect(() => packedList(0, 3)).toThrow(/capacity .* from 1 to 19108, got 0/)
        expect(() => packedList(57_326, 1)).toThrow(RangeError)
        expect(() => packedList(1, 5)).toThrow(/elementBytes .* from 1 to 4, got 5/)
    })
})
