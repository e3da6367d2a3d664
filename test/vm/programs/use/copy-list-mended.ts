// Some of a list is summed.
const data: number[] = []
for (let i = 0; i < 60; i++) data.push(i / 7)
let n = 0
let sum = 0
setInterval(() => {
    for (let i = 0; i < 30; i++) sum += data[n + i]
    n = (n + 1) % 30
}, 50)
