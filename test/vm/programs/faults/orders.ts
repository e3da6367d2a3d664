// A day's orders, as objects.
interface Order {
    id: number
    table: number
    dish: number
    count: number
    minute: number
}
const orders: Order[] = []
for (let i = 0; i < 800; i++) {
    orders.push({ id: i, table: i % 12, dish: i % 40, count: 1 + (i % 3), minute: (i * 2) % 600 }) // here
}
let dishes = 0
setInterval(() => {
    dishes += orders[dishes % 800].count
}, 500)
