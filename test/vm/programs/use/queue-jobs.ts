// Numbers of jobs wait until two hundred others came.
const queue: number[] = []
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 4; i++) queue.push(n++ & 4095) // here
    while (queue.length > 200) done += queue.shift()
}, 100)
