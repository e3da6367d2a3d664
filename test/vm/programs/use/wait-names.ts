// What waits has a name that is made for it.
const queue: { name: string; level: number }[] = []
let n = 0
let done = 0
setInterval(() => {
    queue.push({ name: "call " + n, level: n % 5 })
    n++
    if (queue.length > 25) done += queue.shift().name.length
}, 50)
