// What each of sixty sensors said last.
const byNumber: any = {}
let n = 0
let sum = 0
setInterval(() => {
    const key = (n % 60) * 1
    byNumber["" + key] = n & 255 // here
    sum += byNumber["" + key]
    n++
}, 20)
