import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    AT,
    I16,
    I24,
    I32,
    I8,
    readField,
    U16,
    U24,
    U32,
    U8,
    writeField,
} from "../../src/byte-fields"

/** Node's own readers and writers of the same types: the oracle. */
const TYPES = [
    { type: U8, bytes: 1, signed: false },
    { type: U16, bytes: 2, signed: false },
    { type: U24, bytes: 3, signed: false },
    { type: U32, bytes: 4, signed: false },
    { type: I8, bytes: 1, signed: true },
    { type: I16, bytes: 2, signed: true },
    { type: I24, bytes: 3, signed: true },
    { type: I32, bytes: 4, signed: true },
]

const RECORD_BYTES = 12

const CASE = fc.constantFrom(...TYPES).chain(({ type, bytes, signed }) => {
    const min = signed ? -(2 ** (8 * bytes - 1)) : 0
    return fc.record({
        type: fc.constant(type),
        bytes: fc.constant(bytes),
        signed: fc.constant(signed),
        offset: fc.nat(RECORD_BYTES - bytes - 1),
        start: fc.nat(1),
        value: fc.integer({ min, max: min + 2 ** (8 * bytes) - 1 }),
        before: fc.uint8Array({ minLength: RECORD_BYTES, maxLength: RECORD_BYTES }),
    })
})

describe("byte fields", () => {
    test("write and read what Node writes and reads, and touch nothing else", () => {
        fc.assert(
            fc.property(CASE, ({ type, bytes, signed, offset, start, value, before }) => {
                const ours = Buffer.from(before)
                const theirs = Buffer.from(before)
                const field = type + offset * AT

                const read = signed ? theirs.readIntLE : theirs.readUIntLE
                expect(readField(ours, start, field)).toBe(read.call(theirs, start + offset, bytes))

                writeField(ours, start, field, value)
                const write = signed ? theirs.writeIntLE : theirs.writeUIntLE
                write.call(theirs, value, start + offset, bytes)
                expect(ours).toEqual(theirs)
            }),
        )
    })

    test("a value that does not fit is refused with the field's range", () => {
        const bytes = Buffer.alloc(4)
        for (const { type, bytes: width, signed } of TYPES) {
            const min = signed ? -(2 ** (8 * width - 1)) : 0
            const max = min + 2 ** (8 * width) - 1
            for (const value of [min - 1, max + 1, 0.5, NaN, Infinity, 2 ** 40]) {
                expect(() => writeField(bytes, 0, type, value)).toThrow(
                    new RangeError(`value must be an integer from ${min} to ${max}, got ${value}`),
                )
            }
            expect(() => writeField(bytes, 0, type, "1" as unknown as number)).toThrow(TypeError)
        }
        expect(bytes).toEqual(Buffer.alloc(4))
    })

    test("a field outside the bytes is refused", () => {
        const bytes = Buffer.alloc(4)
        expect(() => readField(bytes, 3, U16)).toThrow(RangeError)
        expect(() => readField(bytes, -1, U8)).toThrow(RangeError)
        expect(() => readField(bytes, 0, U32 + AT)).toThrow(RangeError)
        expect(() => writeField(bytes, 2, U24, 1)).toThrow(RangeError)
        expect(() => writeField(bytes, NaN, U8, 1)).toThrow(RangeError)
        expect(bytes).toEqual(Buffer.alloc(4))
    })
})
