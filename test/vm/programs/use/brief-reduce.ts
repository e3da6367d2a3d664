// All are summed, in a copy.
const data: number[] = []
for (let i = 0; i < 12; i++) data.push(i * 1.5)
let sum = 0
setInterval(() => {
    sum = [...data].reduce((all, one) => all + one, 0) // here
}, 100)
