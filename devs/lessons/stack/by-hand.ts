// The same orders as numbers in one function. What runs in the frame that is there anyway allocates
// nothing more: no object an order, no call for a price. A local would be 8 bytes once, so it is no
// matter whether a number that is used twice gets one.

const ORDERS = 400
let takings = 0
let takeouts = 0
let atTable7 = 0

function serve(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        takings += ((id % 10) + 1) * 450
        if (id % 2 === 0) {
            takings -= 50
            takeouts++
        }
        if (id % 20 === 7) atTable7++
        // lesson: end
    }
}

console.log("work begins")
serve()
console.log("work ends")
console.log(`${ORDERS} orders, ${takings} cents, ${takeouts} taken out, ${atTable7} at table 7`)
