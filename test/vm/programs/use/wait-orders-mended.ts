import { RecordRing } from "../../../../src/record-ring"
// The same in one buffer: table, dish, cents in two bytes.
const orders = new RecordRing(39, 4)
let n = 0
let earned = 0
setInterval(() => {
    const order = orders.push()
    orders.buffer[order] = n % 40
    orders.buffer[order + 1] = n % 90
    orders.buffer.setAt(order + 2, "u16", 300 + (n % 700))
    n++
    while (orders.length > 30) {
        earned += orders.buffer.getAt(orders.peek() + 2, "u16")
        orders.shift()
    }
}, 50)
