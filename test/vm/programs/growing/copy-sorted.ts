// Numbers that are kept, and copied to look at them from the largest on.
const values: number[] = []
let sum = 0

setInterval(() => {
    values.push((values.length * 7919) % 1000)
    const copy = values.slice(0)
    sum += copy[copy.length >> 1]
}, 25)
