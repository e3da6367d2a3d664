// The same lists, inline as long as they are short: four dishes fit in the bits of a number, which lies
// in the very slot that would point at the array. Only a longer list is an array.

const ORDERS = 150
// lesson: begin
const DISH_BITS = 7
const DISH_MASK = 127
const INLINE_DISHES = 4
let orders: (number | number[])[]
// lesson: end
let dishes = 0
let desserts = 0

function receive(): void {
    orders = new Array<number | number[]>(ORDERS)
    for (let id = 0; id < ORDERS; id++) {
        const count = id % 25 === 24 ? 6 : (id % 4) + 1
        // lesson: begin
        if (count <= INLINE_DISHES) {
            let list = 0 // no dish is 0, so the list ends where all bits left are
            for (let i = 0; i < count; i++) list = (list << DISH_BITS) | (((id * 7 + i) % 30) + 1)
            orders[id] = list
        } else {
            const list: number[] = []
            for (let i = 0; i < count; i++) list.push(((id * 7 + i) % 30) + 1)
            orders[id] = list
        }
        // lesson: end
    }
}

function count(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const list = orders[id]
        if (typeof list === "number")
            for (let rest = list; rest !== 0; rest >>= DISH_BITS) {
                dishes++
                if ((rest & DISH_MASK) > 25) desserts++
            }
        else
            for (let i = 0; i < list.length; i++) {
                dishes++
                if (list[i] > 25) desserts++
            }
        // lesson: end
    }
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${dishes} dishes, ${desserts} of them desserts`)
