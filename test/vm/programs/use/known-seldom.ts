// It is looked for once every ten seconds.
const names: string[] = []
for (let i = 0; i < 40; i++) names.push("name " + i)
let n = 0
let found = 0
setInterval(() => {
    if (names.indexOf("name " + (n++ % 50)) >= 0) found++
}, 10000)
