// A function fills in the bounds of a row.
const row = Buffer.alloc(24)
for (let i = 0; i < 24; i++) row[i] = (i * 37) % 100
const bounds = { least: 0, most: 0 }
let sum = 0
function boundsOf(from: number, to: number, into: { least: number; most: number }): void {
    let least = 255
    let most = 0
    for (let i = from; i < to; i++) {
        if (row[i] < least) least = row[i]
        if (row[i] > most) most = row[i]
    }
    into.least = least
    into.most = most
}
setInterval(() => {
    for (let i = 0; i < 6; i++) {
        boundsOf(4 * i, 4 * i + 4, bounds)
        sum += bounds.most - bounds.least
    }
}, 200)
