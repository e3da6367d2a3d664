// Whether all doors are shut, asked of the list.
const gaps: number[] = []
for (let i = 0; i < 24; i++) gaps.push(i / 100)
let shut = 0
setInterval(() => {
    if (gaps.every(gap => gap < 1)) shut++
}, 120)
