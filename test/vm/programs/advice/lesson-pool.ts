// The lesson "pool" as it is advised: the same kitchen with as many orders as there can be at once, made at
// the start and lent out again and again. The lesson goes on to numbers in a buffer.

import { freeMap, FREE_START, type FreeMap } from "../../../../src/free-map"

interface Line {
    dish: number
    cents: number
}

const LINES = 4

class Order {
    id: number = 0
    table: number = 0
    lines: Line[] = []

    constructor() {
        for (let i = 0; i < LINES; i++) this.lines.push({ dish: 0, cents: 0 })
    }
}

const ORDERS = 201
let served = 0
let cents = 0

const AT_ONCE = 3
let free: FreeMap
let orders: Order[]

/** @returns the place of the order */
function receive(id: number): number {
    const at = free.indexOf(0, FREE_START)
    free[at] = 1
    const order = orders[at - FREE_START]
    order.id = id
    order.table = id % 20
    for (let i = 0; i < LINES; i++) {
        const line = order.lines[i]
        line.dish = (id + i) % 15
        line.cents = 450 + ((id * i) % 100)
    }
    return at
}

function serve(at: number): void {
    served++
    const order = orders[at - FREE_START]
    for (let i = 0; i < LINES; i++) cents += order.lines[i].cents
    free[at] = 0
}

function cook(): void {
    free = freeMap(AT_ONCE)
    orders = new Array<Order>(AT_ONCE)
    for (let i = 0; i < AT_ONCE; i++) orders[i] = new Order()
    for (let id = 0; id < ORDERS; id += 3) {
        const first = receive(id)
        const second = receive(id + 1)
        const third = receive(id + 2)
        serve(third)
        serve(second)
        serve(first)
    }
}

console.log("work begins")
cook()
console.log("work ends")
console.log(`${served} orders served, ${cents} cents`)
