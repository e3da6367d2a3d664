import { RecordRing } from "../../../../src/record-ring"
// The same in one buffer: port, time in two bytes, value.
const held = new RecordRing(53, 4)
let n = 0
let sent = 0
function receive(port: number, value: number): void {
    const at = held.push()
    held.buffer[at] = port
    held.buffer.setAt(at + 1, "u16", n)
    held.buffer[at + 3] = value
}
setInterval(() => {
    n++
    receive(n % 8, n % 250)
    receive((n * 3) % 8, (n * 7) % 250)
    while (held.length > 0) {
        const packet = held.peek()
        if (held.buffer.getAt(packet + 1, "u16") >= n - 20) return
        sent += held.buffer[packet + 3] * held.buffer[packet]
        held.shift()
    }
}, 100)
