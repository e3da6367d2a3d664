// What an order costs is three numbers, and a function can return one value: so it returns an object,
// a new one a call, garbage as soon as it was read.

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
function priceOf(order: number): Price {
    const cents = 900 + ((order * 37) % 4100)
    const tax = Math.idiv(cents * 19, 119)
    return { net: cents - tax, tax, tip: order % 5 === 0 ? 200 : 50 }
}
// lesson: end

function evening(): void {
    for (let order = 0; order < ORDERS; order++) {
        // lesson: begin
        const price = priceOf(order)
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
