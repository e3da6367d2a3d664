// Cards that open the door.
const known: number[] = []
for (let i = 0; i < 120; i++) known.push(i * 3) // here
let n = 0
let found = 0
setInterval(() => {
    if (known.includes(n++ % 400)) found++
}, 50)
