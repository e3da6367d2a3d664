// Orders wait in a kitchen until thirty others came.
interface Order {
    table: number
    dish: number
    cents: number
}
const orders: Order[] = []
let n = 0
let earned = 0
setInterval(() => {
    orders.push({ table: n % 40, dish: n % 90, cents: 300 + (n % 700) }) // here
    n++
    while (orders.length > 30) earned += orders.shift().cents
}, 50)
