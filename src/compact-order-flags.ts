import { failRange } from "./check"

/**
 * A whole order in 24 bits of a plain number: no heap at all while it is a local, 3 bytes in a
 * packed array, against 116 and more as an object.
 *
 * | bits | holds | range |
 * | --- | --- | --- |
 * | 0-11 | order id | 0-4,095 |
 * | 12-15 | priority | 0-15 |
 * | 16-20 | table | 0-31 |
 * | 21 | urgent | |
 * | 22 | takeout | |
 * | 23 | paid | |
 *
 * The type exists for the compiler only: at run time it is the number. Every function here costs a
 * call, which is a frame on the board's heap; where that matters write `order & ORDER_PAID`, which
 * the compiler turns into one operation on a constant.
 */
export type CompactOrderFlags = number & { readonly __type: "CompactOrderFlags" }

/** Bits that an order takes. */
export const ORDER_BITS = 24
/** Bytes that an order takes in a packed array. */
export const ORDER_BYTES = 3

export const ORDER_ID_OFFSET = 0
export const ORDER_ID_WIDTH = 12
export const ORDER_ID_MAX = 0xfff

export const ORDER_PRIORITY_OFFSET = 12
export const ORDER_PRIORITY_WIDTH = 4
export const ORDER_PRIORITY_MAX = 0xf

export const ORDER_TABLE_OFFSET = 16
export const ORDER_TABLE_WIDTH = 5
export const ORDER_TABLE_MAX = 0x1f

/** Set if the order is urgent. */
export const ORDER_URGENT = 1 << 21
/** Set if the order is taken out. */
export const ORDER_TAKEOUT = 1 << 22
/** Set if the order is paid. */
export const ORDER_PAID = 1 << 23

const ORDER_FLAGS = ORDER_URGENT | ORDER_TAKEOUT | ORDER_PAID

/**
 * Packs an order.
 *
 * @param id 0 to 4,095.
 * @param priority 0 to 15.
 * @param table 0 to 31.
 * @param flags {@link ORDER_URGENT}, {@link ORDER_TAKEOUT} and {@link ORDER_PAID}, joined by `|`.
 * @throws RangeError or TypeError if an argument is outside its range.
 */
export function packOrder(
    id: number,
    priority: number,
    table: number,
    flags: number = 0,
): CompactOrderFlags {
    if ((id & ORDER_ID_MAX) !== id) failRange("id", id, 0, ORDER_ID_MAX)
    if ((priority & ORDER_PRIORITY_MAX) !== priority)
        failRange("priority", priority, 0, ORDER_PRIORITY_MAX)
    if ((table & ORDER_TABLE_MAX) !== table) failRange("table", table, 0, ORDER_TABLE_MAX)
    if ((flags & ORDER_FLAGS) !== flags) failFlags(flags)
    return (id |
        (priority << ORDER_PRIORITY_OFFSET) |
        (table << ORDER_TABLE_OFFSET) |
        flags) as CompactOrderFlags
}

/** The order's id, 0 to 4,095. */
export function orderId(order: CompactOrderFlags): number {
    return order & ORDER_ID_MAX
}

/** The order's priority, 0 to 15. */
export function orderPriority(order: CompactOrderFlags): number {
    return (order >> ORDER_PRIORITY_OFFSET) & ORDER_PRIORITY_MAX
}

/** The order's table, 0 to 31. */
export function orderTable(order: CompactOrderFlags): number {
    return (order >> ORDER_TABLE_OFFSET) & ORDER_TABLE_MAX
}

/** Whether the order is urgent. */
export function isOrderUrgent(order: CompactOrderFlags): boolean {
    return (order & ORDER_URGENT) !== 0
}

/** Whether the order is taken out. */
export function isOrderTakeout(order: CompactOrderFlags): boolean {
    return (order & ORDER_TAKEOUT) !== 0
}

/** Whether the order is paid. */
export function isOrderPaid(order: CompactOrderFlags): boolean {
    return (order & ORDER_PAID) !== 0
}

/**
 * The order with another id.
 *
 * @throws RangeError or TypeError if the id is not from 0 to 4,095.
 */
export function withOrderId(order: CompactOrderFlags, id: number): CompactOrderFlags {
    if ((id & ORDER_ID_MAX) !== id) failRange("id", id, 0, ORDER_ID_MAX)
    return ((order & ~ORDER_ID_MAX) | id) as CompactOrderFlags
}

/**
 * The order with another priority.
 *
 * @throws RangeError or TypeError if the priority is not from 0 to 15.
 */
export function withOrderPriority(order: CompactOrderFlags, priority: number): CompactOrderFlags {
    if ((priority & ORDER_PRIORITY_MAX) !== priority)
        failRange("priority", priority, 0, ORDER_PRIORITY_MAX)
    return ((order & ~(ORDER_PRIORITY_MAX << ORDER_PRIORITY_OFFSET)) |
        (priority << ORDER_PRIORITY_OFFSET)) as CompactOrderFlags
}

/**
 * The order at another table.
 *
 * @throws RangeError or TypeError if the table is not from 0 to 31.
 */
export function withOrderTable(order: CompactOrderFlags, table: number): CompactOrderFlags {
    if ((table & ORDER_TABLE_MAX) !== table) failRange("table", table, 0, ORDER_TABLE_MAX)
    return ((order & ~(ORDER_TABLE_MAX << ORDER_TABLE_OFFSET)) |
        (table << ORDER_TABLE_OFFSET)) as CompactOrderFlags
}

/**
 * The order with some of its flags set or cleared.
 *
 * @param flags One of {@link ORDER_URGENT}, {@link ORDER_TAKEOUT} and {@link ORDER_PAID}, or
 * several joined by `|`.
 * @throws RangeError if `flags` has any other bit.
 */
export function withOrderFlags(
    order: CompactOrderFlags,
    flags: number,
    on: boolean,
): CompactOrderFlags {
    if ((flags & ORDER_FLAGS) !== flags) failFlags(flags)
    return (on ? order | flags : order & ~flags) as CompactOrderFlags
}

function failFlags(flags: number): never {
    throw new RangeError(
        `flags must combine ORDER_URGENT, ORDER_TAKEOUT and ORDER_PAID only, got ${flags}`,
    )
}
