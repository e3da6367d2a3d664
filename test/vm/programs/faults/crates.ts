// Sixty crates of a thousand bytes, all in use: hardly anything is left.
const crates: Buffer[] = []
for (let i = 0; i < 60; i++) crates.push(Buffer.alloc(1000))
let moved = 0
setInterval(() => {
    crates[moved % 60][moved % 1000] = moved & 255
    moved++
}, 200)
