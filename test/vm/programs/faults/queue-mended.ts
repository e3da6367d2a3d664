const queue: { id: number }[] = []
let n = 0
setInterval(() => {
    if (queue.length < 50) queue.push({ id: n++ })
}, 50)
setInterval(() => {
    queue.shift()
}, 200)
