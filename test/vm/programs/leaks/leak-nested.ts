// Four tables, made once; the orders at each of them are never cleared.
class Line {
    constructor(
        public dish: string,
        public count: number,
    ) {}
}
class Order {
    lines: Line[] = []
}
class Table {
    orders: Order[] = []
}
const tables = [new Table(), new Table(), new Table(), new Table()]
let n = 0
setInterval(() => {
    const order = new Order()
    order.lines.push(new Line("soup", 1), new Line("bread", 2))
    tables[n++ % tables.length].orders.push(order) // fills
}, 5000)
