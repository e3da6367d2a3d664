// The one in the middle: the copy is sorted, the list is not.
const data: number[] = []
for (let i = 0; i < 15; i++) data.push((i * 7.5) % 31)
let n = 0
let middle = 0
setInterval(() => {
    data[n++ % 15] = n % 40
    middle = [...data].sort((a, b) => a - b)[7]
}, 100)
