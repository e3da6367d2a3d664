const data: number[] = []
for (let i = 0; i < 60; i++) data.push(i / 7)
let n = 0
let sum = 0
setInterval(() => {
    const sorted = data.slice(0, 9)
    sorted[n % 9] = n++
    sum += sorted[4]
}, 50)
