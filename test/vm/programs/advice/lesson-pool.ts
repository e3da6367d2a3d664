// The lesson "pool" as it is advised. The same kitchen with as many orders as there can be at once, made at the start and lent out again
// and again. An order that comes back keeps its lines, too.

import { ObjectPool } from "../../../../src/object-pool"

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

// lesson: begin
let pool: ObjectPool<Order>

function receive(id: number): Order {
    const order = pool.acquire()
    order.id = id
    order.table = id % 20
    for (let i = 0; i < LINES; i++) {
        const line = order.lines[i]
        line.dish = (id + i) % 15
        line.cents = 450 + ((id * i) % 100)
    }
    return order
}
// lesson: end

function serve(order: Order): void {
    served++
    for (let i = 0; i < LINES; i++) cents += order.lines[i].cents
    // lesson: begin
    pool.release(order)
    // lesson: end
}

function cook(): void {
    // lesson: begin
    pool = new ObjectPool(3, () => new Order())
    // lesson: end
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
