const data = Buffer.alloc(600)
for (let i = 0; i < 600; i++) data[i] = i & 255
let n = 0
let sum = 0
setInterval(() => {
    const part = data.slice(n, n + 200)
    part[n % 200] = 0
    for (let i = 0; i < 20; i++) sum += part[i]
    n = (n + 1) % 300
}, 50)
