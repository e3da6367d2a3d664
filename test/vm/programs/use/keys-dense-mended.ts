// What each of sixty sensors said last.
const byNumber = Buffer.alloc(60)
let n = 0
let sum = 0
setInterval(() => {
    const key = n % 60
    byNumber[key] = n & 255
    sum += byNumber[key]
    n++
}, 20)
