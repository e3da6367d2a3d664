let cache: any = {}
let entries = 0
let n = 0
setInterval(() => {
    cache["reading " + n] = n * n
    if (++entries >= 100) {
        entries = 0
        cache = {}
    }
    n++
}, 50)
