// The order station once more, with the same guests, the same log and the same receipts, but written
// the way one writes JavaScript for a server: an object an order, an array for everything, strings put
// together with plus. It runs well for a while, and then the board is out of memory. See `main.ts`.

import { sleep } from "@devicescript/core"
import { openCounter, takeCounterOrder } from "./counter"
import { DISH_ROWS, dishCents, dishName, dishSteps } from "./dish.generated"
import { DISH_BITS, DISH_MASK, Guest } from "./guest"
import { Rush } from "./rush"

interface Dish {
    name: string
    cents: number
    cookingSteps: number
}

interface Order {
    id: number
    place: number
    takeout: boolean
    urgent: boolean
    priority: number
    dishes: Dish[]
    state: string
    stepsLeft: number
    paid: boolean
}

const STEP_MS = 100
const STATUS_STEPS = 50
const SEED = 20240711
const QUEUE_CAPACITY = 12
const STOVES = 5
const TABLES = 24
const SHELVES = 7
const EATING_STEPS = 25
const LEAVING_STEPS = 5
const RECEIPT_EVERY = 8

const menu: Dish[] = []
for (let row = 0; row < DISH_ROWS; row++)
    menu.push({ name: dishName(row), cents: dishCents(row), cookingSteps: dishSteps(row) })

/** The order at each place; undefined where nobody is. */
const places: Order[] = []
for (let place = 0; place <= TABLES + SHELVES; place++) places.push(undefined)
/** Orders that wait for a stove. */
const waiting: Order[] = []
/** All orders of the day, for the figures in the status line. */
const history: Order[] = []
let nextId = 1
let turnedAway = 0

function receive(guest: Guest): void {
    const place = findPlace(guest)
    if (place === undefined) {
        turnedAway++
        console.warn("guest turned away: no place is free")
        return
    }
    if (waiting.length >= QUEUE_CAPACITY) {
        turnedAway++
        console.warn("guest turned away: the kitchen is full")
        return
    }
    const order: Order = {
        id: nextId,
        place,
        takeout: guest.takeout,
        urgent: guest.urgent,
        priority: guest.priority,
        dishes: dishesOf(guest),
        state: "received",
        stepsLeft: 0,
        paid: false,
    }
    nextId = (nextId + 1) % 4096
    places[place] = order
    waiting.push(order)
    history.push(order)

    const others = order.dishes.length - 1
    let line = "#" + order.id + " " + placeName(order) + ": " + order.dishes[0].name
    if (others > 0) line += " and " + others + " more"
    line += ", " + money(total(order))
    if (order.urgent) line += ", urgent"
    console.log(line)
}

function findPlace(guest: Guest): number {
    const first = guest.takeout ? 1 + TABLES : 1
    const count = guest.takeout ? SHELVES : TABLES
    for (let i = 0; i < count; i++) {
        const place = first + ((guest.wish + i) % count)
        if (!places[place]) return place
    }
    return undefined
}

function dishesOf(guest: Guest): Dish[] {
    const dishes: Dish[] = []
    for (let rest = guest.dishes; rest !== 0; rest >>= DISH_BITS)
        dishes.push(menu[(rest & DISH_MASK) - 1])
    return dishes
}

function step(): void {
    const ready = places.filter(order => order && order.state === "ready")
    for (const order of places) {
        if (!order || order.state === "received" || order.state === "ready") continue
        order.stepsLeft--
        if (order.stepsLeft === 0) advance(order)
    }
    if (ready.length > 0) serve(ready)
    while (waiting.length > 0 && cooking() < STOVES) {
        const order = waiting.shift()
        order.state = "cooking"
        order.stepsLeft = order.dishes
            .map(dish => dish.cookingSteps)
            .reduce((longest, steps) => Math.max(longest, steps), 0)
    }
}

function advance(order: Order): void {
    if (order.state === "cooking") {
        order.state = "ready"
        console.log("#" + order.id + " ready for " + placeName(order))
    } else if (order.state === "served") {
        order.state = "paid"
        order.stepsLeft = LEAVING_STEPS
        order.paid = true
        console.log("#" + order.id + " " + placeName(order) + " paid " + money(total(order)))
        if (order.id % RECEIPT_EVERY === 0) console.log(receipt(order))
    } else {
        places[order.place] = undefined
    }
}

function serve(ready: Order[]): void {
    let first = ready[0]
    for (const order of ready) if (rank(order) > rank(first)) first = order
    first.state = "served"
    first.stepsLeft = first.takeout ? 1 : EATING_STEPS
}

function rank(order: Order): number {
    return order.urgent ? 16 + order.priority : order.priority
}

function cooking(): number {
    return places.filter(order => order && order.state === "cooking").length
}

function total(order: Order): number {
    return order.dishes.map(dish => dish.cents).reduce((sum, cents) => sum + cents, 0)
}

function receipt(order: Order): string {
    const rule = "--------------------------\n"
    let text = rule + receiptLine("Receipt", "" + order.id)
    for (const dish of order.dishes) text += receiptLine(dish.name, money(dish.cents))
    return text + receiptLine("Total", money(total(order))) + rule
}

function receiptLine(left: string, right: string): string {
    let line = left
    while (line.length + right.length < 26) line += " "
    return line + right + "\n"
}

function logStatus(seconds: number): void {
    const paid = history.filter(order => order.paid)
    const takings = paid.map(total).reduce((sum, cents) => sum + cents, 0)
    console.log(
        "-- " +
            clock(seconds) +
            " waiting " +
            waiting.length +
            "/" +
            QUEUE_CAPACITY +
            ", cooking " +
            cooking() +
            ", paid " +
            paid.length +
            ", turned away " +
            turnedAway +
            ", takings " +
            money(takings),
    )
}

function placeName(order: Order): string {
    return (order.takeout ? "shelf " : "table ") + order.place
}

function money(cents: number): string {
    const whole = Math.floor(cents / 100)
    return whole + "." + twoDigits(cents - whole * 100)
}

function clock(seconds: number): string {
    const minutes = Math.floor(seconds / 60)
    return Math.floor(minutes / 60) + ":" + twoDigits(minutes % 60) + ":" + twoDigits(seconds % 60)
}

function twoDigits(value: number): string {
    return value < 10 ? "0" + value : "" + value
}

console.log("order station open")
openCounter(DISH_ROWS)
const rush = new Rush(SEED, DISH_ROWS)
const guest = new Guest()

for (let steps = 1; ; steps++) {
    await sleep(STEP_MS)
    if (rush.arrives(guest)) receive(guest)
    if (takeCounterOrder(guest)) receive(guest)
    step()
    if (steps % STATUS_STEPS === 0) logStatus(steps / 10)
}
