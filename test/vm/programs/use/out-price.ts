// What an order costs is three numbers: a new object for each call.
interface Price {
    net: number
    tax: number
    tip: number
}
let takings = 0
let taxes = 0
let order = 0
function priceOf(cents: number): Price {
    const tax = Math.idiv(cents * 19, 119)
    return { net: cents - tax, tax, tip: cents > 4000 ? 200 : 50 } // here
}
setInterval(() => {
    for (let i = 0; i < 10; i++) {
        order++
        const price = priceOf(900 + ((order * 37) % 4100))
        takings += price.net + price.tip
        taxes += price.tax
    }
}, 500)
