import { expect, test } from "vitest"
import type { array, bits, bool, f32, i16, text, u16, u8 } from "../../src/index"

test("a field takes plain values, and those of fields that are no wider: the type check says so", () => {
    interface Order {
        small: u8
        large: u16
        signed: i16
        five: bits<5>
        note: text<8>
        many: array<u8, 4>
        paid: bool
        total: f32
    }
    const order: Order = {
        ...{ small: 1, large: 2, signed: 3, five: 4, note: "5", many: [6], paid: true, total: 0.5 },
    }
    order.large = order.small
    order.signed = order.small
    order.small = order.small + 1
    // @ts-expect-error -- 65,535 is no byte
    order.small = order.large
    // @ts-expect-error -- -1 is not unsigned
    order.large = order.signed
    // @ts-expect-error -- a text is no number
    order.five = order.note
    expect(Object.keys(order)).toHaveLength(8)
})
