// A list of fractions, read by index and written in place.
const levels: number[] = []
for (let i = 0; i < 60; i++) levels.push(i / 7)
let n = 0
let sum = 0
setInterval(() => {
    levels[n % 60] = n / 3
    sum += levels[(n * 7) % 60]
    n++
}, 50)
