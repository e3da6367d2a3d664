// The same as texts.
const log: string[] = []
let n = 0
setInterval(() => {
    if (n < 120) log.push("visitor " + (n % 20 === 19 ? n - 1 : n))
    n++
}, 30)
