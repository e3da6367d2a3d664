// What each meter has counted.
const byNumber: any = {}
let n = 0
let sum = 0
setInterval(() => {
    const key = (n % 80) * 37
    byNumber["" + key] = (n * 7) & 4095 // here
    sum += byNumber["" + key]
    n++
}, 20)
