// The list changes while its copy is gone through.
const waiting: number[] = []
for (let i = 0; i < 30; i++) waiting.push(i + 0.5)
let n = 0
let sum = 0
setInterval(() => {
    n++
    for (const one of [...waiting]) {
        sum += one
        if (one > 20) waiting.push(one - n)
        if (waiting.length > 30) waiting.shift()
    }
}, 200)
