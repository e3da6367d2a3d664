// Order numbers and table numbers must not be mixed up, so each is a class of its own, and the
// compiler refuses one where the other belongs.

// lesson: begin
class OrderId {
    constructor(readonly value: number) {}
}

class TableId {
    constructor(readonly value: number) {}
}
// lesson: end

const ORDERS = 150
let ids: OrderId[]
let tables: TableId[]
let atTable7 = 0

function isAt(order: TableId, table: TableId): boolean {
    return order.value === table.value
}

function receive(): void {
    ids = new Array<OrderId>(ORDERS)
    tables = new Array<TableId>(ORDERS)
    // lesson: begin
    for (let i = 0; i < ORDERS; i++) {
        ids[i] = new OrderId(1001 + i)
        tables[i] = new TableId(i % 20)
    }
    // lesson: end
    const table7 = new TableId(7)
    for (let i = 0; i < ORDERS; i++) if (isAt(tables[i], table7)) atTable7++
}

console.log("work begins")
receive()
console.log("work ends")
console.log(`${ids.length} orders, ${atTable7} at table 7`)
console.log(
    `first ${ids[0].value} at ${tables[0].value}, last ${ids[ORDERS - 1].value} at ${tables[ORDERS - 1].value}`,
)
