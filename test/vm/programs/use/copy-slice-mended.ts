// A part of a buffer is read.
const data = Buffer.alloc(600)
for (let i = 0; i < 600; i++) data[i] = i & 255
let n = 0
let sum = 0
setInterval(() => {
    for (let i = 0; i < 20; i++) sum += data[n + i]
    n = (n + 1) % 300
}, 50)
