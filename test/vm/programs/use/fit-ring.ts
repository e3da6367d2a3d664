import { RingBuffer } from "../../../../src/ring-buffer"
const waiting = new RingBuffer(200, 2)
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 3; i++) waiting.push(n++ & 1023)
    if (waiting.length > 150) while (waiting.length > 0) done += waiting.shift() as number
}, 100)
