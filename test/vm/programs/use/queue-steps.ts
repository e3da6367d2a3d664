// Steps of a motor, in order.
const queue: number[] = []
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 8; i++) queue.push(n++ % 60) // here
    while (queue.length > 400) done += queue.shift()
}, 200)
