// Seats that are sold.
const known: number[] = []
for (let i = 0; i < 200; i++) known.push(i * 2) // here
let n = 0
let found = 0
setInterval(() => {
    if (known.includes(n++ % 400)) found++
}, 50)
