// The last 64 orders, the oldest overwritten.
class Order {
    constructor(
        public id: number,
        public dish: string,
    ) {}
}
const last: Order[] = []
let n = 0
setInterval(() => {
    last[n % 64] = new Order(n, "dish " + n)
    n++
}, 250)
