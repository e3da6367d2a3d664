// The texts are shown one after the other, not looked for.
const names: string[] = []
for (let i = 0; i < 40; i++) names.push("name " + i)
let n = 0
let shown = 0
setInterval(() => {
    shown += names[n++ % 40].length
}, 50)
