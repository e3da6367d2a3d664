const byNumber: any = {}
let n = 0
setInterval(() => {
    byNumber["" + (n % 6)] = n
    n++
}, 50)
