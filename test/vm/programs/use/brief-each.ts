// The newest ten of a list are looked at, one by one.
const data: number[] = []
for (let i = 0; i < 80; i++) data.push(i / 3)
let n = 0
let sum = 0
setInterval(() => {
    n++
    for (const one of data.slice(n % 70, (n % 70) + 10)) sum += one // here
}, 50)
