// All of a list is summed.
const data: number[] = []
for (let i = 0; i < 60; i++) data.push(i / 7)
let n = 0
let sum = 0
setInterval(() => {
    const all = [...data] // here
    for (let i = 0; i < 60; i++) sum += all[i]
    n++
}, 50)
