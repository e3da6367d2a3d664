// What waits is an object with a list of its own.
interface Job {
    id: number
    steps: number[]
}
const queue: Job[] = []
let n = 0
let done = 0
setInterval(() => {
    queue.push({ id: n, steps: [n, n + 0.5] })
    n++
    if (queue.length > 20) done += queue.shift().steps.length
}, 50)
