// The key is a time: no result is ever asked for again.
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += n * n
}, 50)
