import {
    ORDER_ID_MAX,
    ORDER_TAKEOUT,
    ORDER_URGENT,
    orderTable,
    type CompactOrderFlags,
} from "../../src/compact-order-flags"
import { dishName } from "./dish.generated"
import { DISH_BITS, DISH_MASK } from "./guest"
import type { Kitchen } from "./kitchen"
import { writeReceipt } from "./receipt"

// A line is one template: the VM formats it in one go into one string, garbage right after. Every
// call, though, is a frame on the same heap, so the bits of an order are masked in place here.

/** One order in this many has its receipt printed. */
const RECEIPT_EVERY = 8

export function logReceived(order: CompactOrderFlags, dishes: number, cents: number): void {
    let more = 0
    for (let rest = dishes >> DISH_BITS; rest !== 0; rest >>= DISH_BITS) more++
    const others = more === 0 ? "" : ` and ${more} more`
    const urgent = order & ORDER_URGENT ? ", urgent" : ""
    const dish = dishName((dishes & DISH_MASK) - 1)
    console.log(
        `#${order & ORDER_ID_MAX} ${place(order)}: ${dish}${others}, ${money(cents)}${urgent}`,
    )
}

export function logTurnedAway(why: string): void {
    console.warn(`guest turned away: ${why}`)
}

export function logReady(order: CompactOrderFlags): void {
    console.log(`#${order & ORDER_ID_MAX} ready for ${place(order)}`)
}

export function logPaid(order: CompactOrderFlags, dishes: number, cents: number): void {
    const id = order & ORDER_ID_MAX
    console.log(`#${id} ${place(order)} paid ${money(cents)}`)
    if (id % RECEIPT_EVERY === 0) console.log(writeReceipt(id, dishes, cents))
}

export function logStatus(seconds: number, kitchen: Kitchen): void {
    const { waiting, cooking, paid } = kitchen
    const turnedAway = waiting.refused + kitchen.placeless
    console.log(
        `-- ${clock(seconds)} waiting ${waiting.length}/${waiting.capacity}, cooking ${cooking}, paid ${paid}, turned away ${turnedAway}, takings ${money(kitchen.takings)}`,
    )
}

function place(order: CompactOrderFlags): string {
    return `${order & ORDER_TAKEOUT ? "shelf" : "table"} ${orderTable(order)}`
}

/** Cents as people write money: 1250 is 12.50. Exact for any sum of cents. */
function money(cents: number): string {
    // Not %: the VM's is for 32 bits, and the takings outgrow them some day.
    const whole = Math.floor(cents / 100)
    return `${whole}.${twoDigits(cents - whole * 100)}`
}

/** Seconds as hours, minutes and seconds: 3723 is 1:02:03. */
function clock(seconds: number): string {
    const minutes = Math.floor(seconds / 60)
    return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`
}

function twoDigits(value: number): string {
    return value < 10 ? `0${value}` : `${value}`
}
