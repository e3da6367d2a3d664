// The same fills an object of the caller's.
interface Price {
    net: number
    tax: number
    tip: number
}
let takings = 0
let taxes = 0
let order = 0
function priceOf(cents: number, price: Price): void {
    price.tax = Math.idiv(cents * 19, 119)
    price.net = cents - price.tax
    price.tip = cents > 4000 ? 200 : 50
}
const price: Price = { net: 0, tax: 0, tip: 0 }
setInterval(() => {
    for (let i = 0; i < 10; i++) {
        order++
        priceOf(900 + ((order * 37) % 4100), price)
        takings += price.net + price.tip
        taxes += price.tax
    }
}, 500)
