import {
    isOrderPaid,
    isOrderTakeout,
    isOrderUrgent,
    ORDER_PAID,
    orderId,
    orderPriority,
    orderTable,
    packOrder,
    withOrderFlags,
    withOrderId,
    withOrderPriority,
    withOrderTable,
} from "../../../../../src/compact-order-flags"
import {
    bitField,
    countFlags,
    flags16,
    flags32,
    flags8,
    Fused,
    hasAnyFlag,
    hasFlag,
    setFlag,
    toggleFlag,
    withBitField,
    withBitFieldUnchecked,
    withFlag,
    withoutFlag,
} from "../../../../../src/index"
import { operate } from "../operate"

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

await operate("flags", [
    ["flags8", () => flags8(200)],
    ["flags16", () => flags16(40000)],
    ["flags32", () => flags32(4000000000)],
    ["hasFlag", () => hasFlag(200, 8)],
    ["hasAnyFlag", () => hasAnyFlag(200, 8)],
    ["withFlag", () => withFlag(200, 1)],
    ["withoutFlag", () => withoutFlag(200, 8)],
    ["setFlag", () => setFlag(200, 8, false)],
    ["toggleFlag", () => toggleFlag(200, 8)],
    ["countFlags", () => countFlags(200)],
])

await operate("bit fields", [
    ["bitField", () => bitField(123456, 12, 4)],
    ["withBitField", () => withBitField(123456, 12, 4, 7)],
    ["withBitFieldUnchecked", () => withBitFieldUnchecked(123456, 12, 4, 7)],
])

const order = packOrder(1234, 5, 7, ORDER_PAID)
await operate("CompactOrderFlags", [
    ["packOrder", () => packOrder(1234, 5, 7, ORDER_PAID)],
    ["orderId", () => orderId(order)],
    ["orderPriority", () => orderPriority(order)],
    ["orderTable", () => orderTable(order)],
    ["isOrderUrgent", () => isOrderUrgent(order)],
    ["isOrderTakeout", () => isOrderTakeout(order)],
    ["isOrderPaid", () => isOrderPaid(order)],
    ["withOrderId", () => withOrderId(order, 4095)],
    ["withOrderPriority", () => withOrderPriority(order, 15)],
    ["withOrderTable", () => withOrderTable(order, 31)],
    ["withOrderFlags", () => withOrderFlags(order, ORDER_PAID, false)],
])

const pipeline = new Fused<number>().filter(i => i > 1).map(i => 2 * i)
const add = (sum: number, value: number) => sum + value
const numbers = [1, 2, 3, 4]
await operate(
    "Fused",
    [
        ["sum", () => pipeline.sum(numbers)],
        ["count", () => pipeline.count(numbers)],
        ["some", () => pipeline.some(numbers)],
        ["first", () => pipeline.first(numbers)],
        ["forEach", () => pipeline.forEach(numbers, i => i)],
        ["reduce", () => pipeline.reduce(numbers, add, 0)],
    ],
    [["filter, map", () => new Fused<number>().filter(i => i > 1).map(i => 2 * i)]],
)
