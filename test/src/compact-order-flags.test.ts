import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
    isOrderPaid,
    isOrderTakeout,
    isOrderUrgent,
    ORDER_BITS,
    ORDER_BYTES,
    ORDER_ID_MAX,
    ORDER_ID_OFFSET,
    ORDER_ID_WIDTH,
    ORDER_PAID,
    ORDER_PRIORITY_MAX,
    ORDER_PRIORITY_OFFSET,
    ORDER_PRIORITY_WIDTH,
    ORDER_TABLE_MAX,
    ORDER_TABLE_OFFSET,
    ORDER_TABLE_WIDTH,
    ORDER_TAKEOUT,
    ORDER_URGENT,
    orderId,
    orderPriority,
    orderTable,
    packOrder,
    withOrderFlags,
    withOrderId,
    withOrderPriority,
    withOrderTable,
    type CompactOrderFlags,
} from "../../src/compact-order-flags"

interface Order {
    id: number
    priority: number
    table: number
    urgent: boolean
    takeout: boolean
    paid: boolean
}

const ID = fc.nat(ORDER_ID_MAX)
const PRIORITY = fc.nat(ORDER_PRIORITY_MAX)
const TABLE = fc.nat(ORDER_TABLE_MAX)

const ORDER: fc.Arbitrary<Order> = fc.record({
    id: ID,
    priority: PRIORITY,
    table: TABLE,
    urgent: fc.boolean(),
    takeout: fc.boolean(),
    paid: fc.boolean(),
})

function pack(order: Order): CompactOrderFlags {
    const flags =
        (order.urgent ? ORDER_URGENT : 0) |
        (order.takeout ? ORDER_TAKEOUT : 0) |
        (order.paid ? ORDER_PAID : 0)
    return packOrder(order.id, order.priority, order.table, flags)
}

function unpack(order: CompactOrderFlags): Order {
    return {
        id: orderId(order),
        priority: orderPriority(order),
        table: orderTable(order),
        urgent: isOrderUrgent(order),
        takeout: isOrderTakeout(order),
        paid: isOrderPaid(order),
    }
}

describe("CompactOrderFlags", () => {
    test("packs the brief's order into the brief's bits", () => {
        const order = packOrder(1234, 8, 15, ORDER_URGENT | ORDER_PAID)
        expect(order).toBe(1234 | (8 << 12) | (15 << 16) | (1 << 21) | (1 << 23))
        expect(unpack(order)).toEqual({
            id: 1234,
            priority: 8,
            table: 15,
            urgent: true,
            takeout: false,
            paid: true,
        })
    })

    test("the fields touch and fill 24 bits without overlap", () => {
        expect(ORDER_ID_OFFSET + ORDER_ID_WIDTH).toBe(ORDER_PRIORITY_OFFSET)
        expect(ORDER_PRIORITY_OFFSET + ORDER_PRIORITY_WIDTH).toBe(ORDER_TABLE_OFFSET)
        expect(2 ** (ORDER_TABLE_OFFSET + ORDER_TABLE_WIDTH)).toBe(ORDER_URGENT)
        expect([ORDER_ID_MAX, ORDER_PRIORITY_MAX, ORDER_TABLE_MAX]).toEqual(
            [ORDER_ID_WIDTH, ORDER_PRIORITY_WIDTH, ORDER_TABLE_WIDTH].map(bits => 2 ** bits - 1),
        )
        const full = packOrder(4095, 15, 31, ORDER_URGENT | ORDER_TAKEOUT | ORDER_PAID)
        expect(full).toBe(2 ** ORDER_BITS - 1)
        expect(ORDER_BYTES * 8).toBe(ORDER_BITS)
    })

    test("every order comes back as it was packed", () => {
        fc.assert(
            fc.property(ORDER, order => {
                expect(unpack(pack(order))).toEqual(order)
            }),
        )
    })

    test("a setter changes its own field only", () => {
        const change = fc.record(
            { id: ID, priority: PRIORITY, table: TABLE, paid: fc.boolean(), urgent: fc.boolean() },
            { requiredKeys: [] },
        )
        fc.assert(
            fc.property(ORDER, change, (order, change) => {
                let packed = pack(order)
                if (change.id !== undefined) packed = withOrderId(packed, change.id)
                if (change.priority !== undefined)
                    packed = withOrderPriority(packed, change.priority)
                if (change.table !== undefined) packed = withOrderTable(packed, change.table)
                if (change.paid !== undefined)
                    packed = withOrderFlags(packed, ORDER_PAID, change.paid)
                if (change.urgent !== undefined)
                    packed = withOrderFlags(packed, ORDER_URGENT, change.urgent)
                expect(unpack(packed)).toEqual({ ...order, ...change })
            }),
        )
    })

    test("a value outside its field is refused by name", () => {
        const order = packOrder(1, 1, 1)
        expect(() => packOrder(4096, 0, 0)).toThrow(
            new RangeError("id must be an integer from 0 to 4095, got 4096"),
        )
        expect(() => packOrder(0, 16, 0)).toThrow(/priority .* 0 to 15/)
        expect(() => packOrder(0, 0, 32)).toThrow(/table .* 0 to 31/)
        expect(() => packOrder(0, 0, 0, 1)).toThrow(/flags must combine ORDER_URGENT/)
        expect(() => withOrderId(order, -1)).toThrow(RangeError)
        expect(() => withOrderPriority(order, 1.5)).toThrow(RangeError)
        expect(() => withOrderTable(order, NaN)).toThrow(RangeError)
        expect(() => withOrderFlags(order, 1 << 24, true)).toThrow(RangeError)
        expect(() => withOrderId(order, "7" as unknown as number)).toThrow(TypeError)
    })
})
