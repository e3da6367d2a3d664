const cache: any = {}
let n = 0
setInterval(() => {
    cache["reading " + n] = n * n // here
    n++
}, 50)
