// Small orders come in one after the other; what each costs goes into the totals, and the order is
// forgotten. Each is an object here, and asks a method of its own for its price.

class SmallOrder {
    constructor(
        readonly id: number,
        readonly table: number,
        readonly items: number,
        readonly takeout: boolean,
    ) {}

    cents(): number {
        return this.items * 450 - (this.takeout ? 50 : 0)
    }
}

const ORDERS = 400
let takings = 0
let takeouts = 0
let atTable7 = 0

function serve(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const order = new SmallOrder(id, id % 20, (id % 10) + 1, id % 2 === 0)
        takings += order.cents()
        if (order.takeout) takeouts++
        if (order.table === 7) atTable7++
        // lesson: end
    }
}

console.log("work begins")
serve()
console.log("work ends")
console.log(`${ORDERS} orders, ${takings} cents, ${takeouts} taken out, ${atTable7} at table 7`)
