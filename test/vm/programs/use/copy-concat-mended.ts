// Two buffers are read as one.
const head = Buffer.alloc(100)
const tail = Buffer.alloc(100)
tail[3] = 7
let n = 0
let sum = 0
setInterval(() => {
    for (let i = 0; i < 100; i += 10) sum += head[i] + tail[i]
    n++
}, 50)
