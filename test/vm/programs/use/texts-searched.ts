// Texts of which there are few are looked for by what they say.
const names: string[] = []
for (let i = 0; i < 8; i++) names.push("sensor " + i)
let n = 0
let found = 0
setInterval(() => {
    if (names.indexOf("sensor " + (n++ % 12)) >= 0) found++
}, 50)
