// The same two types, of no size: a brand exists for the compiler alone, which refuses a mix-up all
// the same. What runs are the numbers, and they lie in buffers: two bytes an order, one a table.

// lesson: begin
type OrderId = number & { readonly __type: "OrderId" }
type TableId = number & { readonly __type: "TableId" }
// lesson: end

const ORDERS = 150
let ids: Buffer
let tables: Buffer
let atTable7 = 0

// lesson: begin
function isAt(order: TableId, table: TableId): boolean {
    return order === table
}

function orderAt(index: number): OrderId {
    return ids.getAt(2 * index, "u16") as OrderId
}
// lesson: end

function receive(): void {
    ids = Buffer.alloc(2 * ORDERS)
    tables = Buffer.alloc(ORDERS)
    for (let i = 0; i < ORDERS; i++) {
        ids.setAt(2 * i, "u16", 1001 + i)
        tables[i] = i % 20
    }
    const table7 = 7 as TableId
    for (let i = 0; i < ORDERS; i++) if (isAt(tables[i] as TableId, table7)) atTable7++
}

console.log("work begins")
receive()
console.log("work ends")
const last = ORDERS - 1
console.log(`${tables.length} orders, ${atTable7} at table 7`)
console.log(`first ${orderAt(0)} at ${tables[0]}, last ${orderAt(last)} at ${tables[last]}`)
