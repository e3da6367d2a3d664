// A number in the midst of a packet is read out of a copy of the rest.
const packet = Buffer.alloc(120)
for (let i = 0; i < 120; i++) packet[i] = i
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += packet.slice(4 + (n % 40)).getAt(0, "u16") // here
}, 50)
