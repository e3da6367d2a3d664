// Degrees by number of the room.
const byNumber: any = {}
let n = 0
let sum = 0
setInterval(() => {
    const key = (n % 50) * 101
    byNumber["" + key] = n & 127 // here
    sum += byNumber["" + key]
    n++
}, 20)
