// The same orders as a handful of numbers. Locals have their place in the frame of the function that
// runs anyway: one more costs 8 bytes a call, not an object an order, and no call is made for a price.

const ORDERS = 400
let takings = 0
let takeouts = 0
let atTable7 = 0

function serve(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const table = id % 20
        const items = (id % 10) + 1
        const takeout = id % 2 === 0
        takings += items * 450 - (takeout ? 50 : 0)
        if (takeout) takeouts++
        if (table === 7) atTable7++
        // lesson: end
    }
}

console.log("work begins")
serve()
console.log("work ends")
console.log(`${ORDERS} orders, ${takings} cents, ${takeouts} taken out, ${atTable7} at table 7`)
