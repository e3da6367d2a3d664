// What waits is known by its number, too: both hold the same objects.
interface Job {
    id: number
    left: number
}
const byId: Job[] = []
for (let i = 0; i < 40; i++) byId.push({ id: i, left: i % 7 })
const queue: Job[] = []
let n = 0
let done = 0
setInterval(() => {
    queue.push(byId[n % 40])
    n++
    if (queue.length > 25) done += queue.shift().left
}, 50)
