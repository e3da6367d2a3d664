// Starts again only when nine of the ten minutes watched are over.
let orders: number[][] = []
let n = 0
setInterval(() => {
    orders.push([n, n + 1, n + 2])
    n++
    if (orders.length === 270) orders = []
}, 2000)
