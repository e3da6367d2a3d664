// A cache without a bound.
const cache: any = {}
let n = 0
setInterval(() => {
    n++
    cache["key" + n] = [n, n + 1, n + 2]
    if (n % 100 === 0) console.log("cached " + n)
}, 30)
