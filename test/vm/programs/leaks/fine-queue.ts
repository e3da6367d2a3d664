// A queue whose length wanders: guests come at random, and are served faster when it is long.
const queue: string[] = []
let n = 0
setInterval(() => {
    if (Math.random() < 0.5) queue.push("guest " + n++)
    if (Math.random() * 40 < queue.length) queue.shift()
}, 400)
