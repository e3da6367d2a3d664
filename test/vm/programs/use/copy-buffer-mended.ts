// All of a buffer, to read a byte of it.
const data = Buffer.alloc(600)
for (let i = 0; i < 600; i++) data[i] = i & 255
let n = 0
let sum = 0
setInterval(() => {
    sum += data[n]
    n = (n + 1) % 300
}, 50)
