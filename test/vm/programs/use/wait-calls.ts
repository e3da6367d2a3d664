// Functions wait to be called.
const queue: (() => void)[] = []
let n = 0
let done = 0
setInterval(() => {
    const by = n++
    queue.push(() => {
        done += by
    })
    if (queue.length > 25) queue.shift()()
}, 50)
