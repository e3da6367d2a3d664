import { RingBuffer } from "../../../../src/ring-buffer"
// Bytes wait to be sent.
const queue = new RingBuffer(382, 1)
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 5; i++) queue.push(n++ & 255)
    while (queue.length > 300) done += queue.shift() as number
}, 100)
