// Once in ten seconds.
const data: number[] = []
for (let i = 0; i < 40; i++) data.push(i * 1.5)
let sum = 0
setInterval(() => {
    for (const one of data.slice(10)) sum += one
}, 10000)
