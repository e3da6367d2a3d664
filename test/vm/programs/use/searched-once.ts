// A search at the start, and none afterwards.
const known: number[] = []
for (let i = 0; i < 90; i++) known.push(i * 2.5)
let found = known.indexOf(50)
let n = 0
setInterval(() => {
    found += known[n++ % 90]
}, 50)
