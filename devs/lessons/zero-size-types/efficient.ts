// The same two types, of no size: a brand exists for the compiler alone, which refuses a mix-up all
// the same. What runs are the numbers.

// lesson: begin
type OrderId = number & { readonly __type: "OrderId" }
type TableId = number & { readonly __type: "TableId" }
// lesson: end

const ORDERS = 150
let ids: OrderId[]
let tables: TableId[]
let atTable7 = 0

function isAt(order: TableId, table: TableId): boolean {
    return order === table
}

function receive(): void {
    ids = new Array<OrderId>(ORDERS)
    tables = new Array<TableId>(ORDERS)
    // lesson: begin
    for (let i = 0; i < ORDERS; i++) {
        ids[i] = (1001 + i) as OrderId
        tables[i] = (i % 20) as TableId
    }
    // lesson: end
    const table7 = 7 as TableId
    for (let i = 0; i < ORDERS; i++) if (isAt(tables[i], table7)) atTable7++
}

console.log("work begins")
receive()
console.log("work ends")
console.log(`${ids.length} orders, ${atTable7} at table 7`)
console.log(`first ${ids[0]} at ${tables[0]}, last ${ids[149]} at ${tables[149]}`)
