import { RingBuffer } from "../../../../src/ring-buffer"
// Times of the last events, the oldest taken out.
const queue = new RingBuffer(190, 4)
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 2; i++) queue.push(n++ * 1000)
    while (queue.length > 150) done += queue.shift() as number
}, 100)
