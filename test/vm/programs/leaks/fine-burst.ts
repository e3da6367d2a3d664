// A rush in the middle of the time, whose orders stay; quiet before and after.
const orders: string[] = []
let seconds = 0
setInterval(() => {
    seconds++
    if (seconds > 280 && seconds <= 320) for (let i = 0; i < 5; i++) orders.push("order " + seconds)
}, 1000)
