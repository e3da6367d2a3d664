// Jobs with parts wait in a queue for two seconds: neither locals nor a handful of pooled ones would do.
interface Job {
    id: number
    steps: number[]
}
const queue: Job[] = []
let n = 0
let done = 0
setInterval(() => {
    queue.push({ id: n, steps: [n, n + 1, n + 2] })
    n++
    if (queue.length > 40) done += queue.shift().steps.length
}, 50)
