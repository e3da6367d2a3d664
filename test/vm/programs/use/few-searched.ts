const known = [2, 3, 5, 7, 11, 13]
let n = 0
let found = 0
setInterval(() => {
    if (known.includes(n++ % 17)) found++
}, 20)
