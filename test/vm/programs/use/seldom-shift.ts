// The oldest goes now and then: a handful of times in the whole run.
const last: number[] = []
let n = 0
setInterval(() => {
    if (n++ % 20 === 0) last.push(n + 0.25)
    if (last.length > 30) last.shift()
}, 100)
