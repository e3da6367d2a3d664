// The same function fills an object that its caller has, made once. A call is a frame as before, and
// nothing else.

interface Price {
    net: number
    tax: number
    tip: number
}

const ORDERS = 200
let takings = 0
let taxes = 0
let tips = 0

// lesson: begin
function priceOf(order: number, price: Price): void {
    price.net = 900 + ((order * 37) % 4100)
    price.tax = Math.idiv(price.net * 19, 119)
    price.net -= price.tax
    price.tip = 50
    if (order % 5 === 0) price.tip = 200
}
// lesson: end

function evening(): void {
    // lesson: begin
    const price: Price = { net: 0, tax: 0, tip: 0 }
    // lesson: end
    for (let order = 0; order < ORDERS; order++) {
        // lesson: begin
        priceOf(order, price)
        // lesson: end
        takings += price.net
        taxes += price.tax
        tips += price.tip
    }
}

console.log("work begins")
evening()
console.log("work ends")
console.log(`${takings} cents net, ${taxes} of tax, ${tips} of tips`)
