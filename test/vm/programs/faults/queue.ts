const queue: { id: number }[] = []
let n = 0
setInterval(() => {
    queue.push({ id: n++ }) // here
}, 50)
setInterval(() => {
    queue.shift()
}, 200)
