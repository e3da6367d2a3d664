const data = Buffer.alloc(600)
for (let i = 0; i < 600; i++) data[i] = i & 255
// Once in the run.
const part = data.slice(0, 100)
let n = 0
let sum = 0
setInterval(() => {
    sum += part[n++ % 100]
}, 50)
