// A number in the midst of a packet is read where it is.
const packet = Buffer.alloc(120)
for (let i = 0; i < 120; i++) packet[i] = i
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += packet.getAt(4 + (n % 40), "u16")
}, 50)
