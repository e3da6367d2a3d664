import { RecordRing } from "../../../../src/record-ring"
// The same in one buffer.
const last = new RecordRing(51, 5)
let n = 0
let sum = 0
setInterval(() => {
    n++
    const at = last.push()
    last.buffer.setAt(at, "u16", (n * 37) % 1000)
    last.buffer[at + 2] = n % 4
    last.buffer[at + 3] = (n * 11) % 250
    last.buffer[at + 4] = n % 3 === 0 ? 1 : 0
    if (last.length > 40) last.shift()
    sum += last.buffer.getAt(last.peek(), "u16")
}, 40)
