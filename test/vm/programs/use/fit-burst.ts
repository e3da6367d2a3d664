import { RingBuffer } from "../../../../src/ring-buffer"
// Few wait most of the time, and many once a minute.
const waiting = new RingBuffer(1000, 2)
let n = 0
let done = 0
setInterval(() => {
    const count = n++ % 100 === 99 ? 800 : 2
    for (let i = 0; i < count; i++) waiting.push(i & 1023)
    while (waiting.length > 0) done += waiting.shift() as number
}, 100)
