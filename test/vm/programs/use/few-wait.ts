const queue: number[] = []
let n = 0
let done = 0
setInterval(() => {
    queue.push(n++ & 255)
    while (queue.length > 3) done += queue.shift()
}, 50)
