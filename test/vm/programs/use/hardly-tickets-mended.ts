// The same as texts.
const sold: string[] = []
for (let i = 0; i < 90; i++) sold.push("T" + (1000 + i * 37))
let n = 0
let sum = 0
setInterval(() => {
    sum += sold[n++ % 90].length
}, 100)
