// The same lists, inline as long as they are short: four dishes of 7 bits fit in the 4 bytes that an
// order has in one buffer. A longer list has a buffer of its own, and the 4 bytes say which.

const ORDERS = 150
// lesson: begin
const DISH_BITS = 7
const DISH_MASK = 127
const INLINE_DISHES = 4
let orders: Buffer
let longer: Buffer[]
// lesson: end
let dishes = 0
let desserts = 0

function receive(): void {
    orders = Buffer.alloc(4 * ORDERS)
    longer = []
    for (let id = 0; id < ORDERS; id++) {
        const count = id % 25 === 24 ? 6 : (id % 4) + 1
        // lesson: begin
        if (count <= INLINE_DISHES) {
            let list = 0 // no dish is 0, so the list ends where all bits left are
            for (let i = 0; i < count; i++) list = (list << DISH_BITS) | (((id * 7 + i) % 30) + 1)
            orders.setAt(4 * id, "i32", list)
        } else {
            const list = Buffer.alloc(count)
            for (let i = 0; i < count; i++) list[i] = ((id * 7 + i) % 30) + 1
            orders.setAt(4 * id, "i32", -longer.push(list))
        }
        // lesson: end
    }
}

function count(): void {
    for (let at = 0; at < 4 * ORDERS; at += 4) {
        // lesson: begin
        let rest = orders.getAt(at, "i32")
        if (rest < 0) {
            const list = longer[-rest - 1]
            for (let i = 0; i < list.length; i++) {
                dishes++
                if (list[i] > 25) desserts++
            }
        } else
            for (; rest !== 0; rest >>= DISH_BITS) {
                dishes++
                if ((rest & DISH_MASK) > 25) desserts++
            }
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${dishes} dishes, ${desserts} of them desserts`)
