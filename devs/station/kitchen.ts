import {
    ORDER_BYTES,
    ORDER_ID_MAX,
    ORDER_PAID,
    ORDER_TAKEOUT,
    ORDER_URGENT,
    orderPriority,
    orderTable,
    packOrder,
    type CompactOrderFlags,
} from "../../src/compact-order-flags"
import { RingBuffer } from "../../src/ring-buffer"
import type { Guest } from "./guest"
import { logPaid, logReady, logReceived, logTurnedAway } from "./journal"
import { billCents, cookingSteps } from "./menu"
import { State } from "./place"
import {
    PLACE_BYTES,
    PLACE_DISHES_AT,
    PLACE_ORDER_AT,
    PLACE_STATE_AT,
    PLACE_STEPS_AT,
    placeBuffer,
} from "./place.generated"

/** The most orders that wait for a stove. */
const QUEUE_CAPACITY = 12
/** The most orders that cook at once. */
const STOVES = 5

// Places an order can be for: tables 1 to 24, and shelves 25 to 31 for what is taken out. One place
// has one order from the door to the door, so an order is found by its place.
const TABLES = 24
const SHELVES = 7

/** Steps a guest eats. Handing an order over the counter takes one. */
const EATING_STEPS = 25
/** Steps from paying to leaving. */
const LEAVING_STEPS = 5

/** The house: receives orders, cooks, serves, bills. All memory it ever needs is made with it. */
export class Kitchen {
    waiting: RingBuffer = new RingBuffer(QUEUE_CAPACITY, ORDER_BYTES)
    cooking: number = 0
    /** Orders paid so far. */
    paid: number = 0
    /** What they brought, in cents. Past 2^31 the VM goes on in doubles, exact up to 2^53. */
    takings: number = 0
    /** Guests who found no free place. Those whom the queue turned away are in `waiting.refused`. */
    placeless: number = 0

    private places: Buffer = placeBuffer(1 + TABLES + SHELVES)
    private nextId: number = 1

    /** Takes a guest's order, or turns the guest away: no place is free, or too many orders wait. */
    receive(guest: Guest): void {
        const place = this.freePlace(guest)
        if (place < 0) {
            this.placeless++
            logTurnedAway("no place is free")
            return
        }
        const order = packOrder(
            this.nextId,
            guest.priority,
            place,
            (guest.urgent ? ORDER_URGENT : 0) | (guest.takeout ? ORDER_TAKEOUT : 0),
        )
        if (!this.waiting.push(order)) {
            logTurnedAway("the kitchen is full")
            return
        }
        this.nextId = (this.nextId + 1) & ORDER_ID_MAX
        const at = place * PLACE_BYTES
        this.places.setAt(at + PLACE_ORDER_AT, "u32", order)
        this.places.setAt(at + PLACE_DISHES_AT, "u16", guest.dishes)
        this.places[at + PLACE_STATE_AT] = State.Received
        logReceived(order, guest.dishes, billCents(guest.dishes))
    }

    /** One step in time: every order that is due moves on. */
    step(): void {
        const places = this.places
        // Of the orders that are ready the waiter takes one a step: urgent ones first, then by priority.
        let nextAt = 0
        let nextRank = -1
        for (let at = PLACE_BYTES; at < places.length; at += PLACE_BYTES) {
            const state = places[at + PLACE_STATE_AT]
            if (state === State.Ready) {
                const order = places.getAt(at + PLACE_ORDER_AT, "u32") as CompactOrderFlags
                const rank = (order & ORDER_URGENT) | orderPriority(order)
                if (rank > nextRank) {
                    nextAt = at
                    nextRank = rank
                }
            } else if (state > State.Received && --places[at + PLACE_STEPS_AT] === 0) {
                if (state === State.Cooking) this.finish(at)
                else if (state === State.Served) this.bill(at)
                else places[at + PLACE_STATE_AT] = State.None
            }
        }
        if (nextAt !== 0) this.serve(nextAt)
        while (this.cooking < STOVES && !this.waiting.isEmpty()) this.cook()
    }

    /** A free place such as the guest wants, or -1. */
    private freePlace(guest: Guest): number {
        const first = guest.takeout ? 1 + TABLES : 1
        const count = guest.takeout ? SHELVES : TABLES
        for (let i = 0; i < count; i++) {
            const place = first + ((guest.wish + i) % count)
            if (this.places[place * PLACE_BYTES + PLACE_STATE_AT] === State.None) return place
        }
        return -1
    }

    /** Puts the order that has waited longest on a stove. */
    private cook(): void {
        const at = orderTable(this.waiting.shift() as CompactOrderFlags) * PLACE_BYTES
        this.cooking++
        this.enter(at, State.Cooking, cookingSteps(this.places.getAt(at + PLACE_DISHES_AT, "u16")))
    }

    private finish(at: number): void {
        this.cooking--
        this.places[at + PLACE_STATE_AT] = State.Ready
        logReady(this.places.getAt(at + PLACE_ORDER_AT, "u32") as CompactOrderFlags)
    }

    private serve(at: number): void {
        const takeout = (this.places.getAt(at + PLACE_ORDER_AT, "u32") & ORDER_TAKEOUT) !== 0
        this.enter(at, State.Served, takeout ? 1 : EATING_STEPS)
    }

    private bill(at: number): void {
        const order = this.places.getAt(at + PLACE_ORDER_AT, "u32") | ORDER_PAID
        const dishes = this.places.getAt(at + PLACE_DISHES_AT, "u16")
        const cents = billCents(dishes)
        this.places.setAt(at + PLACE_ORDER_AT, "u32", order)
        this.paid++
        this.takings += cents
        this.enter(at, State.Paid, LEAVING_STEPS)
        logPaid(order as CompactOrderFlags, dishes, cents)
    }

    private enter(at: number, state: State, steps: number): void {
        this.places[at + PLACE_STATE_AT] = state
        this.places[at + PLACE_STEPS_AT] = steps
    }
}

/** The house of this program. */
export const kitchen = new Kitchen()
