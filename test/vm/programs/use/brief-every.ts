// Whether all doors are shut, asked of a copy.
const gaps: number[] = []
for (let i = 0; i < 24; i++) gaps.push(i / 100)
let shut = 0
setInterval(() => {
    if ([...gaps].every(gap => gap < 1)) shut++ // here
}, 120)
