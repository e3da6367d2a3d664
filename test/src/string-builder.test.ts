import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { StringBuilder as OnBoard } from "../../src/string-builder"
import { StringBuilder as InNode } from "../../src/node/string-builder"

const width = fc.integer({ min: -12, max: 12 })
const pieces = fc.array(
    fc.oneof(
        fc.record({ op: fc.constant("text" as const), text: fc.string({ maxLength: 12 }), width }),
        fc.record({
            op: fc.constant("text" as const),
            text: fc.constantFrom(
                // Longer than what is looked through by a loop; halves of a pair, which UTF-8 has not.
                ...["é", "日本", "€5", "ñandú", "😀", "-".repeat(45), "é".repeat(41)],
                ...["\ud83d", "\ude00", "a\ud83d", "\ude00b"],
            ),
            width,
        }),
        fc.record({
            op: fc.constant("integer" as const),
            value: fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }),
            width,
        }),
        fc.record({
            op: fc.constant("decimal" as const),
            value: fc.integer({ min: -99_999, max: 99_999 }),
            places: fc.integer({ min: 0, max: 8 }),
            width,
        }),
        fc.record({ op: fc.constant("repeat" as const), count: fc.nat(9) }),
        fc.record({ op: fc.constant("newline" as const) }),
        fc.record({ op: fc.constantFrom("clear" as const, "look" as const) }),
    ),
    { maxLength: 25 },
)

function padded(text: string, width: number): string {
    return width < 0 ? text.padEnd(-width) : text.padStart(width)
}

function decimal(value: number, places: number): string {
    const digits = String(Math.abs(value)).padStart(places + 1, "0")
    const point = digits.length - places
    const fraction = places > 0 ? "." + digits.slice(point) : ""
    return (value < 0 ? "-" : "") + digits.slice(0, point) + fraction
}

describe.each([
    ["the board", OnBoard],
    ["Node", InNode],
])("StringBuilder for %s", (_, StringBuilder) => {
    test("a builder writes what concatenation would, up to the piece that does not fit", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 120 }), pieces, (capacity, steps) => {
                const builder = new StringBuilder(capacity)
                let model = ""
                let refused = 0
                let most = 0
                for (const step of steps) {
                    if (step.op === "look") {
                        expect(builder.buffer.length).toBe(capacity)
                        expect(builder.buffer.toString("utf8", 0, builder.length)).toBe(model)
                        continue
                    }
                    if (step.op === "clear") {
                        builder.clear()
                        model = ""
                        refused = 0
                        continue
                    }
                    let piece = "\n"
                    if (step.op === "text") {
                        builder.text(step.text, step.width)
                        piece = padded(Buffer.from(step.text).toString(), step.width)
                    } else if (step.op === "integer") {
                        builder.integer(step.value, step.width)
                        piece = padded(String(step.value), step.width)
                    } else if (step.op === "decimal") {
                        builder.decimal(step.value, step.places, step.width)
                        piece = padded(decimal(step.value, step.places), step.width)
                    } else if (step.op === "repeat") {
                        builder.repeat("-", step.count)
                        piece = "-".repeat(step.count)
                    } else builder.newline()

                    const bytes = Buffer.byteLength(piece)
                    if (refused > 0 || Buffer.byteLength(model) + bytes > capacity) refused += bytes
                    else model += piece
                    most = Math.max(most, Buffer.byteLength(model))

                    expect(builder.build()).toBe(model)
                    expect(builder.stats()).toEqual({
                        capacity,
                        length: Buffer.byteLength(model),
                        highWaterMark: most,
                        refused,
                    })
                    expect(builder.overflowed()).toBe(refused > 0)
                    expect(builder.isFull()).toBe(builder.available() === 0)
                }
            }),
        )
    })

    test("a receipt line", () => {
        const line = new StringBuilder(32)
        line.text("Café crème", -16).integer(2, 3).decimal(1250, 2, 9).newline()
        expect(line.build()).toBe("Café crème        2    12.50\n")
    })

    test("after an overflow nothing is appended, not even what would fit, until clear", () => {
        const builder = new StringBuilder(8)
        builder.text("12345").text("6789").text("x").integer(7)
        expect(builder.build()).toBe("12345")
        expect([builder.overflowed(), builder.refused, builder.available()]).toEqual([true, 6, 0])
        builder.clear()
        expect(builder.text("12345678").build()).toBe("12345678")
        expect([builder.overflowed(), builder.isFull()]).toEqual([false, true])
    })

    test("the bytes are there to send without making a string", () => {
        const builder = new StringBuilder(8).text("ab").newline()
        expect(builder.buffer.toString("utf8", 0, builder.length)).toBe("ab\n")
    })

    test("the buffer stays the same one, and what is written into it is the text", () => {
        const builder = new StringBuilder(8).text("ab")
        const { buffer } = builder
        builder.text("c")
        expect(buffer.toString("utf8", 0, builder.length)).toBe("abc")
        buffer.write("x", 1)
        expect(builder.text("d").build()).toBe("axcd")
        builder.clear()
        expect(builder.text("e").build()).toBe("e")
        expect(builder.buffer).toBe(buffer)
    })

    test("wrong use names the argument and its range", () => {
        expect(() => new StringBuilder(0)).toThrow(RangeError)
        expect(() => new StringBuilder(57_333)).toThrow(
            "capacity must be an integer from 1 to 57332, got 57333",
        )
        const builder = new StringBuilder(20)
        for (const value of [0.5, Number.NaN, Infinity, 10 ** 15])
            expect(() => builder.integer(value)).toThrow(
                new RangeError(`value must be an integer of at most 15 digits, got ${value}`),
            )
        expect(() => builder.text(7 as unknown as string)).toThrow(
            new TypeError("text must be a string, got 7"),
        )
        expect(() => builder.text("a", "7" as unknown as number)).toThrow(
            new TypeError("width must be a number, got 7"),
        )
        expect(() => builder.decimal(1, 16)).toThrow(
            "places must be an integer from 0 to 15, got 16",
        )
        expect(() => builder.decimal(1, 1.5)).toThrow(RangeError)
        expect(() => builder.text("a", 0.5)).toThrow(
            "width must be an integer from -57332 to 57332",
        )
        expect(() => builder.repeat("--", 2)).toThrow('char must be one ASCII character, got "--"')
        expect(() => builder.repeat("-", -1)).toThrow("count must be an integer from 0 to 57332")
        expect(builder.isEmpty()).toBe(true)
    })
})
