// Names that are made of numbers.
const names: string[] = []
for (let i = 0; i < 40; i++) names.push("room " + i * 3)
let n = 0
let letters = 0
setInterval(() => {
    letters += names[n++ % 40].length
}, 50)
