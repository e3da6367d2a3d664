// Bytes of a text are made, and filled.
let n = 0
let sum = 0
const into = Buffer.alloc(40)
setInterval(() => {
    for (let i = 0; i < 40; i++) into[i] = (n + i) & 127
    sum += into[n++ % 40]
}, 50)
