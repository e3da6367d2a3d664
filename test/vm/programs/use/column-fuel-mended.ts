// The same, a column for each field.
const id = Buffer.alloc(100)
const fuel = Buffer.alloc(50)
const row = Buffer.alloc(50)
const seat = Buffer.alloc(50)
for (let i = 0; i < 50; i++) {
    id.setAt(2 * i, "u16", 1000 + i)
    fuel[i] = i * 4
    row[i] = i % 6
    seat[i] = i % 11
}
let total = 0
setInterval(() => {
    total = 0
    for (let i = 0; i < fuel.length; i++) total += fuel[i]
}, 150)
