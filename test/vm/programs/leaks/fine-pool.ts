// Objects lent out and given back, thirty at most.
class Order {
    id = 0
    table = 0
}
const free: Order[] = []
const out: Order[] = []
let made = 0
let n = 0
setInterval(() => {
    n++
    if ((n >> 5) % 2 === 0) {
        if (free.length === 0 && made < 30) {
            free.push(new Order())
            made++
        }
        if (free.length > 0) out.push(free.pop())
    } else if (out.length > 0) free.push(out.pop())
}, 150)
