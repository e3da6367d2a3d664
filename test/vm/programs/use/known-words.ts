// Words that are not to be said, looked for in what is said.
const words: string[] = []
for (let i = 0; i < 50; i++) words.push("w" + i * i) // here
const said = ["w4", "hello", "w900", "you", "w7"]
let n = 0
let bad = 0
setInterval(() => {
    if (words.indexOf(said[n++ % 5]) !== -1) bad++
}, 80)
