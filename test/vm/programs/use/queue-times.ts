// Times of the last events, the oldest taken out.
const queue: number[] = []
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 2; i++) queue.push(n++ * 1000) // here
    while (queue.length > 150) done += queue.shift()
}, 100)
