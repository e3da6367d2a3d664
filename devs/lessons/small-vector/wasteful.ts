// Every order has a list of dishes, mostly one to four, seldom more. Each list is an array.

const ORDERS = 150
let orders: number[][]
let dishes = 0
let desserts = 0

function receive(): void {
    orders = new Array<number[]>(ORDERS)
    for (let id = 0; id < ORDERS; id++) {
        const count = id % 25 === 24 ? 6 : (id % 4) + 1
        // lesson: begin
        const list: number[] = []
        for (let i = 0; i < count; i++) list.push(((id * 7 + i) % 30) + 1)
        orders[id] = list
        // lesson: end
    }
}

function count(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const list = orders[id]
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
