// Keeps every order for ever: the commonest leak.
class Order {
    id = 0
    table = 1
    dish = "soup"
    urgent = false
}
const orders: Order[] = []
let count = 0
setInterval(() => {
    const order = new Order()
    order.id = count++
    orders.push(order)
    if (count % 100 === 0) console.log("orders " + count)
}, 50)
