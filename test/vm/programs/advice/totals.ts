// Totals of the day by map and filter, every second.
const prices = Buffer.alloc(40)
for (let i = 0; i < prices.length; i++) prices[i] = 3 + ((i * 7) % 50)
let total = 0
setInterval(() => {
    const list: number[] = new Array<number>(prices.length)
    for (let i = 0; i < prices.length; i++) list[i] = prices[i]
    total = list
        .filter(price => price > 10)
        .map(price => price * 2)
        .reduce((a, b) => a + b, 0)
}, 1000)
