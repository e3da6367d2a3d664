// The same, a column for each field.
const at = Buffer.alloc(120)
const degrees = Buffer.alloc(60)
const humidity = Buffer.alloc(60)
for (let i = 0; i < 60; i++) {
    at.setAt(2 * i, "u16", i * 60)
    degrees[i] = (i * 7) % 40
    humidity[i] = i % 100
}
let average = 0
setInterval(() => {
    let sum = 0
    for (let i = 0; i < degrees.length; i++) sum += degrees[i]
    average = sum / degrees.length
}, 100)
