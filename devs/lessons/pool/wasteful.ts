// Two hundred orders go through the kitchen, three at a time. Every order is a new object with a new
// object for each of its lines, and garbage as soon as it is served.

interface Line {
    dish: number
    cents: number
}

const LINES = 4

class Order {
    id: number
    table: number
    lines: Line[]

    constructor(id: number) {
        this.id = id
        this.table = id % 20
        this.lines = []
        for (let i = 0; i < LINES; i++)
            this.lines.push({ dish: (id + i) % 15, cents: 450 + ((id * i) % 100) })
    }
}

const ORDERS = 201
let served = 0
let cents = 0

function serve(order: Order): void {
    served++
    for (let i = 0; i < LINES; i++) cents += order.lines[i].cents
}

function cook(): void {
    for (let id = 0; id < ORDERS; id += 3) {
        // lesson: begin
        const first = new Order(id)
        const second = new Order(id + 1)
        const third = new Order(id + 2)
        serve(third)
        serve(second)
        serve(first)
        // lesson: end
    }
}

console.log("work begins")
cook()
console.log("work ends")
console.log(`${served} orders served, ${cents} cents`)
