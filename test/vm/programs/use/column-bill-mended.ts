// The same, a column for each field.
const shelf = Buffer.alloc(48)
const cents = Buffer.alloc(96)
const weight = Buffer.alloc(96)
const isFresh = Buffer.alloc(48)
for (let i = 0; i < 48; i++) {
    shelf[i] = i % 9
    cents.setAt(2 * i, "u16", 100 + i * 30)
    weight.setAt(2 * i, "u16", i * 20)
    isFresh[i] = i % 2 === 0 ? 1 : 0
}
let worth = 0
setInterval(() => {
    let sum = 0
    for (let at = 0; at < 96; at += 2) sum += cents.getAt(at, "u16")
    worth = sum
}, 200)
