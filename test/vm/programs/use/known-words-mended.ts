// The same, each word a key.
const words: { [word: string]: boolean } = {}
for (let i = 0; i < 50; i++) words["w" + i * i] = true
const said = ["w4", "hello", "w900", "you", "w7"]
let n = 0
let bad = 0
setInterval(() => {
    if (words[said[n++ % 5]]) bad++
}, 80)
