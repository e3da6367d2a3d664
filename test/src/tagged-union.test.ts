import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readField, U16, writeField } from "../../src/byte-fields"
import { TaggedUnionArray } from "../../src/tagged-union"

const CAPACITY = 6
const LARGE_CAPACITY = 2
const CANCELLED = 9

/** A common variant has a number, the rare one a text. */
type Status = { tag: number; minutes: number } | { tag: typeof CANCELLED; reason: string }

const STATUS: fc.Arbitrary<Status> = fc.oneof(
    fc.record({ tag: fc.nat(3), minutes: fc.nat(0xffff) }),
    fc.record({ tag: fc.constant<typeof CANCELLED>(CANCELLED), reason: fc.string() }),
)

const OPERATION = fc.record({
    kind: fc.constantFrom("push", "push", "set", "swapRemove", "pop", "clear"),
    index: fc.nat(CAPACITY - 1),
    status: STATUS,
})

function statusesOf(union: TaggedUnionArray<string>): Status[] {
    return Array.from({ length: union.length }, (_, index): Status => {
        const tag = union.tag(index)
        const payload = union.payload(index)
        if (payload === undefined) return { tag: CANCELLED, reason: union.large(index) as string }
        expect(union.large(index)).toBeUndefined()
        return { tag, minutes: readField(union.buffer, payload, U16) }
    })
}

function push(union: TaggedUnionArray<string>, status: Status): boolean {
    if ("reason" in status) return union.pushLarge(status.tag, status.reason)
    const payload = union.push(status.tag)
    if (payload === undefined) return false
    writeField(union.buffer, payload, U16, status.minutes)
    return true
}

function set(union: TaggedUnionArray<string>, index: number, status: Status): boolean {
    if ("reason" in status) return union.setLarge(index, status.tag, status.reason)
    writeField(union.buffer, union.set(index, status.tag), U16, status.minutes)
    return true
}

describe("TaggedUnionArray", () => {
    test("does what an array of objects of several shapes does", () => {
        fc.assert(
            fc.property(fc.array(OPERATION, { size: "medium" }), operations => {
                const union = new TaggedUnionArray<string>(CAPACITY, 2, LARGE_CAPACITY)
                const plain: Status[] = []
                let refused = 0
                const larges = () => plain.filter(status => "reason" in status).length
                for (const { kind, index, status } of operations) {
                    const noSide = "reason" in status && larges() === LARGE_CAPACITY
                    if (kind === "push") {
                        const taken = plain.length < CAPACITY && !noSide
                        expect(push(union, status)).toBe(taken)
                        if (taken) plain.push(status)
                        else refused++
                    } else if (kind === "set" && index < plain.length) {
                        const taken = !noSide || "reason" in (plain[index] as Status)
                        expect(set(union, index, status)).toBe(taken)
                        if (taken) plain[index] = status
                        else refused++
                    } else if (kind === "swapRemove" && index < plain.length) {
                        union.swapRemove(index)
                        const last = plain.pop() as Status
                        if (index < plain.length) plain[index] = last
                    } else if (kind === "pop") {
                        expect(union.pop()).toBe(plain.pop() !== undefined)
                    } else if (kind === "clear") {
                        union.clear()
                        plain.length = 0
                    }
                    expect(statusesOf(union)).toEqual(plain)
                    expect(union.availableLarge()).toBe(LARGE_CAPACITY - larges())
                    expect(union.available()).toBe(CAPACITY - plain.length)
                    expect(union.refused).toBe(refused)
                }
            }),
        )
    })

    test("takes a byte and the payload for each, whatever is in the side table", () => {
        expect(new TaggedUnionArray<string>(100, 3, 4).buffer.length).toBe(400)
    })

    test("lets go of a large value with its record", () => {
        const union = new TaggedUnionArray<object>(2, 1, 1)
        union.pushLarge(1, {})
        union.swapRemove(0)
        expect(union["side"]).toEqual([undefined])
        union.pushLarge(1, {})
        union.set(0, 2)
        expect(union["side"]).toEqual([undefined])
        union.setLarge(0, 1, {})
        union.clear()
        expect(union["side"]).toEqual([undefined])
        expect(union.stats()).toEqual({ capacity: 2, length: 0, highWaterMark: 1, refused: 0 })
        expect(union.isEmpty()).toBe(true)
    })

    test("wrong use is refused by name", () => {
        const union = new TaggedUnionArray<string>(1, 2, 1)
        expect(() => union.push(128)).toThrow(/tag .* from 0 to 127, got 128/)
        expect(() => union.pushLarge(-1, "")).toThrow(RangeError)
        expect(() => union.pushLarge(0, undefined as unknown as string)).toThrow(
            new TypeError("value must not be undefined"),
        )
        for (const call of [union.tag, union.payload, union.large, union.swapRemove])
            expect(() => call.call(union, 0)).toThrow(/index .* below the length 0, got 0/)
        expect(() => union.set(0, 1)).toThrow(RangeError)
        expect(() => union.setLarge(0, 1, "")).toThrow(RangeError)
        expect(union.isEmpty()).toBe(true)
        expect(union.refused).toBe(0)
        union.push(127)
        expect(union.isFull()).toBe(true)
        expect(union.tag(0)).toBe(127)
        expect(() => new TaggedUnionArray(0, 2, 1)).toThrow(/capacity/)
        expect(() => new TaggedUnionArray(1, 0, 1)).toThrow(/payloadBytes .* 1 to 57331/)
        expect(() => new TaggedUnionArray(1, 1, 257)).toThrow(/largeCapacity .* 0 to 256/)
        expect(() => new TaggedUnionArray(14_334, 3, 0)).toThrow(RangeError)
    })
})
