// The same distances without points.
let way = 0
let n = 0
setInterval(() => {
    n++
    for (let i = 0; i < 5; i++) way += Math.sqrt((n - i) ** 2 + (i - n) ** 2)
}, 50)
