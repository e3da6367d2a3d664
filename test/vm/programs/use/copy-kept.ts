const data = Buffer.alloc(600)
for (let i = 0; i < 600; i++) data[i] = i & 255
// The frame of before is kept while the next one is drawn.
let before = data.slice(0, 200)
let n = 0
let changed = 0
setInterval(() => {
    for (let i = 0; i < 10; i++) data[(n + i) % 200] = n & 255
    for (let i = 0; i < 20; i++) if (data[i] !== before[i]) changed++
    before = data.slice(0, 200)
    n++
}, 200)
