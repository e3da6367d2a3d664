// The same orders in 24 bits each, cut where the bytes are: 12 bits of number and 4 of priority are a
// u16, 5 bits of table and a bit for each answer are the byte after it.

// lesson: begin
const TABLE_MASK = 31
const URGENT = 32
const TAKEOUT = 64
const PAID = 128
const ORDER_BYTES = 3
// lesson: end

const ORDERS = 200
let orders: Buffer
let waiting = 0
let priorities = 0

function receive(): void {
    orders = Buffer.alloc(ORDERS * ORDER_BYTES)
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        let flags = id % 32
        if (id % 2 === 0) flags |= URGENT
        if (id % 3 === 0) flags |= TAKEOUT
        if (id % 5 === 0) flags |= PAID
        orders.setAt(id * ORDER_BYTES, "u16", id | ((id % 16) << 12))
        orders[id * ORDER_BYTES + 2] = flags
        // lesson: end
    }
}

function count(): void {
    for (let order = 0; order < ORDERS * ORDER_BYTES; order += ORDER_BYTES) {
        // lesson: begin
        const flags = orders[order + 2]
        if ((flags & (URGENT | TAKEOUT | PAID)) === URGENT) waiting++
        if ((flags & TABLE_MASK) === 7) priorities += orders[order + 1] >> 4
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(
    `${waiting} urgent orders wait at tables, priorities at table 7 add up to ${priorities}`,
)
const last = (ORDERS - 1) * ORDER_BYTES
const flags = orders[last + 2]
console.log(
    `last: order ${orders.getAt(last, "u16") & 0xfff}, table ${flags & TABLE_MASK}, paid ${(flags & PAID) !== 0}`,
)
