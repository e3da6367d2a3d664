// The same, a column for each field.
const post = Buffer.alloc(72)
const level = Buffer.alloc(144)
const hour = Buffer.alloc(72)
for (let i = 0; i < 72; i++) {
    post[i] = i % 12
    level.setAt(2 * i, "i16", -50 + ((i * 29) % 300))
    hour[i] = i % 24
}
let peak = 0
setInterval(() => {
    let most = -1000
    for (let at = 0; at < 144; at += 2) {
        const one = level.getAt(at, "i16")
        if (one > most) most = one
    }
    peak = most
}, 120)
