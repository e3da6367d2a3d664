// A day's orders, eight bytes each.
const BYTES = 8
const orders = Buffer.alloc(800 * BYTES)
for (let i = 0; i < 800; i++) {
    const at = i * BYTES
    orders.setAt(at, "u16", i)
    orders.setAt(at + 2, "u16", (i * 2) % 600)
    orders.setAt(at + 4, "u8", i % 12)
    orders.setAt(at + 5, "u8", i % 40)
    orders.setAt(at + 6, "u8", 1 + (i % 3))
}
let dishes = 0
setInterval(() => {
    dishes += orders.getAt((dishes % 800) * BYTES + 6, "u8")
}, 500)
