// Which seats of a hall are taken.
const isTaken: boolean[] = []
for (let i = 0; i < 6000; i++) {
    isTaken.push(i % 7 === 0) // here
}
let n = 0
let taken = 0
setInterval(() => {
    if (isTaken[n++ % 6000]) taken++
}, 100)
