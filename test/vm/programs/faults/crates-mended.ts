// Forty crates of a thousand bytes, all in use.
const crates: Buffer[] = []
for (let i = 0; i < 40; i++) crates.push(Buffer.alloc(1000))
let moved = 0
setInterval(() => {
    crates[moved % 40][moved % 1000] = moved & 255
    moved++
}, 200)
