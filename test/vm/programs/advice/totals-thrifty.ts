// The same totals in one loop.
const prices = Buffer.alloc(40)
for (let i = 0; i < prices.length; i++) prices[i] = 3 + ((i * 7) % 50)
let total = 0
setInterval(() => {
    const list: number[] = new Array<number>(prices.length)
    for (let i = 0; i < prices.length; i++) list[i] = prices[i]
    total = 0
    for (let i = 0; i < list.length; i++) if (list[i] > 10) total += list[i] * 2
}, 1000)
