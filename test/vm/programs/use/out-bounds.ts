// A function tells the bounds of a row, a new object a call.
const row = Buffer.alloc(24)
for (let i = 0; i < 24; i++) row[i] = (i * 37) % 100
let sum = 0
function boundsOf(from: number, to: number): { least: number; most: number } {
    let least = 255
    let most = 0
    for (let i = from; i < to; i++) {
        if (row[i] < least) least = row[i]
        if (row[i] > most) most = row[i]
    }
    return { least, most } // here
}
setInterval(() => {
    for (let i = 0; i < 6; i++) {
        const bounds = boundsOf(4 * i, 4 * i + 4)
        sum += bounds.most - bounds.least
    }
}, 200)
