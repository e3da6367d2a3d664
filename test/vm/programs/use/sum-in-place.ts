const data: number[] = []
for (let i = 0; i < 60; i++) data.push(i / 7)
let n = 0
let sum = 0
setInterval(() => {
    for (let i = 0; i < 60; i++) sum += data[i]
    data[n++ % 60] = sum / 9
}, 50)
