// Every value goes into a list, and the whole list is packed for the network every five seconds.
const values: number[] = []
let sent = 0

setInterval(() => {
    values.push(values.length & 0xff)
    values.push(7)
}, 40)

setInterval(() => {
    const packet = Buffer.alloc(2 * values.length)
    for (let i = 0; i < values.length; i += 50) packet.setAt(2 * i, "u16", values[i])
    sent += packet.length
}, 5000)
