const byName: any = {}
let n = 0
setInterval(() => {
    byName["sensor" + (n % 20)] = n
    n++
}, 50)
