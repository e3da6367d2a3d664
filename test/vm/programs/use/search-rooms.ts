// Rooms that are locked.
const known: number[] = []
for (let i = 0; i < 90; i++) known.push(i * 5) // here
let n = 0
let found = 0
setInterval(() => {
    if (known.indexOf(n++ % 450) >= 0) found++
}, 50)
