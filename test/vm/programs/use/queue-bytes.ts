// Bytes wait to be sent.
const queue: number[] = []
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 5; i++) queue.push(n++ & 255) // here
    while (queue.length > 300) done += queue.shift()
}, 100)
