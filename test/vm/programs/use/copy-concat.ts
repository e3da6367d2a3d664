// Two buffers are read as one.
const head = Buffer.alloc(100)
const tail = Buffer.alloc(100)
tail[3] = 7
let n = 0
let sum = 0
setInterval(() => {
    const both = head.concat(tail) // here
    for (let i = 0; i < 200; i += 10) sum += both[i]
    n++
}, 50)
