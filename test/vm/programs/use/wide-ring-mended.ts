import { RingBuffer } from "../../../../src/ring-buffer"
// A queue for four thousand, of which a handful ever wait.
const waiting = new RingBuffer(8, 2) // here
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 6; i++) waiting.push(n++ & 1023)
    while (waiting.length > 0) done += waiting.shift() as number
}, 100)
