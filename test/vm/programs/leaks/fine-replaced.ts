// The current order with all its parts, replaced by a new one of another size.
class Order {
    lines: string[] = []
}
let current = new Order()
let n = 0
setInterval(() => {
    const order = new Order()
    for (let i = 0; i < (n * 13) % 30; i++) order.lines.push("line " + i)
    n++
    current = order
}, 1700)
